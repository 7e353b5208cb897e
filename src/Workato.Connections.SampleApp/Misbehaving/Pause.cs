namespace Workato.Connections.SampleApp.Misbehaving;

/// <summary>Waiting on purpose.</summary>
internal static class Pause
{
    /// <summary>
    /// Waits by the host's clock; false if the client left or the host is stopping, which a held request must not delay.
    /// </summary>
    public static async Task<bool> ForAsync(HttpContext context, TimeSpan time)
    {
        var services = context.RequestServices;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

        await Task.Delay(time, services.GetRequiredService<TimeProvider>(), ending.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !ending.IsCancellationRequested;
    }
}
