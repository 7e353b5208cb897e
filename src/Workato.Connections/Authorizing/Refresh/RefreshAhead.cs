using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;

namespace Workato.Connections.Authorizing.Refresh;

/// <summary>
/// Gets new tokens ahead of the end of the old ones, whether anybody uses the connection or not, and tries again where it
/// did not work. The rows say what is due: nothing is lost with a process, and any number of nodes may look.
/// </summary>
public sealed partial class RefreshAhead(IServiceScopeFactory scopes, TokenRefresher refresher, RefreshUnderLease underLease, TimeProvider time, ILogger<RefreshAhead> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private const int Batch = 200;
    private const int AtOnce = 32;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                while (await RenewDueAsync(stoppingToken) == Batch && !stoppingToken.IsCancellationRequested)
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <inheritdoc/>
    /// <remarks>Waits also for what callers have begun; no caller is there any more when the host stops this.</remarks>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await underLease.FinishAsync(cancellationToken);
    }

    /// <summary>Renews what is due now; how many there were.</summary>
    internal async Task<int> RenewDueAsync(CancellationToken cancel)
    {
        var due = await DueAsync(cancel);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (row, stop) => await refresher.Begin(row.Id, row.CredentialVersion).WaitAsync(stop));
        return due.Count;
    }

    private async Task<List<Due>> DueAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>(), time.GetUtcNow());
        return await db.Connections.AsNoTracking()
            .Where(c => c.RefreshDueAt <= now && (c.RefreshHeldUntil == null || c.RefreshHeldUntil < now))
            .OrderBy(c => c.RefreshDueAt).Take(Batch)
            .Select(c => new Due(c.Id, c.CredentialVersion)).ToListAsync(cancel);
    }

    private sealed record Due(int Id, int CredentialVersion);

    [LoggerMessage(LogLevel.Error, "What is due for new tokens could not be looked up; tried again in a few seconds.")]
    private static partial void LogFailed(ILogger log, Exception e);
}
