namespace Workato.Connections.Benchmarks.Outage;

/// <summary>Looks every second how the connections are, and remembers how many were lost at the worst of times.</summary>
internal sealed class WorstStanding : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource ending = new();
    private readonly Task watching;

    public WorstStanding(OutageScene scene) => watching = WatchAsync(scene);

    /// <summary>Lost, or gone altogether.</summary>
    public int Lost { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watching;
        ending.Dispose();
    }

    private async Task WatchAsync(OutageScene scene)
    {
        while (!ending.IsCancellationRequested)
        {
            var standing = await scene.StandingAsync();
            Lost = Math.Max(Lost, standing.Lost + OutageScene.Connections - standing.All);
            await Task.Delay(Interval, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
