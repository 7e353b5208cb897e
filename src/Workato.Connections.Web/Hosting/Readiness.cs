using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Web.Hosting;

/// <summary>
/// Whether this node can do its work: the database answers and is ours, the key ring opens, and it is not about to stop.
/// Strangers may ask, so one question a second goes to the database at the most, and everybody gets its answer.
/// </summary>
internal sealed partial class Readiness(IServiceScopeFactory scopes, KeyRings rings, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Readiness> log) : IHealthCheck
{
    /// <summary>The name of the check.</summary>
    public const string Name = "ready";

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly Lock asking = new();
    private Task<bool>? answer;
    private long asked;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        !lifetime.ApplicationStopping.IsCancellationRequested && await Current() ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();

    private Task<bool> Current()
    {
        lock (asking)
        {
            if (answer is { } last && (!last.IsCompleted || time.GetElapsedTime(asked) < Lifetime)) return last;
            asked = time.GetTimestamp();
            return answer = AskAsync();
        }
    }

    private async Task<bool> AskAsync()
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            // A driver that waits for its network does not always hear that it should not.
            await Task.Run(() => LookAsync(limit.Token), CancellationToken.None).WaitAsync(Limit, time);
            return true;
        }
        catch (Exception e)
        {
            LogNotReady(log, e);
            return false;
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        _ = rings.Default;
        await using var scope = scopes.CreateAsyncScope();
        if (!await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Set<KeyRingCanary>().AnyAsync(cancel)) throw new InvalidOperationException("The database is empty.");
    }

    [LoggerMessage(LogLevel.Warning, "This node says that it is not ready.")]
    private static partial void LogNotReady(ILogger log, Exception e);
}
