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

    private readonly RefreshSlots slots = new();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var freed = slots.Freed;
            try
            {
                await BeginDueAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e);
            }

            await Task.WhenAny(freed, Task.Delay(Interval, time, stoppingToken));
        }
    }

    /// <inheritdoc/>
    /// <remarks>Waits also for what callers have begun; no caller is there any more when the host stops this.</remarks>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await underLease.FinishAsync(cancellationToken);
    }

    /// <summary>Begins to renew what is due now, as much of it as there are slots for, and waits for none of it.</summary>
    internal async Task<IReadOnlyList<Task>> BeginDueAsync(CancellationToken cancel)
    {
        var begun = new List<Task>();
        bool isMore;
        do
        {
            var due = await DueAsync(slots.FullApps, cancel);
            var taken = due.Where(row => slots.TryTake(row.Id, row.Provider)).ToList();
            begun.AddRange(taken.Select(RenewAsync));
            // Those of an app that has all of its slots stand before others no more when it is looked again.
            isMore = due.Count == Batch && taken.Count > 0 && !slots.AreFull;
        }
        while (isMore);

        return begun;
    }

    private async Task RenewAsync(Due row) => slots.Free(row.Id, isRenewed: await refresher.Begin(row.Id, row.CredentialVersion) is null);

    private async Task<List<Due>> DueAsync(string[] fullApps, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>(), time.GetUtcNow());
        return await db.Connections.AsNoTracking()
            .Where(c => c.RefreshDueAt <= now && (c.RefreshHeldUntil == null || c.RefreshHeldUntil < now) && !fullApps.Contains(c.Provider))
            .OrderBy(c => c.RefreshDueAt).Take(Batch)
            .Select(c => new Due(c.Id, c.CredentialVersion, c.Provider)).ToListAsync(cancel);
    }

    private sealed record Due(int Id, int CredentialVersion, string Provider);

    [LoggerMessage(LogLevel.Error, "What is due for new tokens could not be looked up; tried again in a few seconds.")]
    private static partial void LogFailed(ILogger log, Exception e);
}
