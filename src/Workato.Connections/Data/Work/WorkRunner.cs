using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Workato.Connections.Data.Work;

/// <summary>
/// Work as rows. Any number of nodes claim what is due, each row by one of them; a node that is gone loses what it had
/// after <see cref="Lease"/>, and one that was merely stopped can write nothing under a lease it lost.
/// </summary>
public sealed partial class WorkRunner(IServiceScopeFactory scopes, IEnumerable<IWorker> workers, NodeIdentity node, WorkSignal signal, TimeProvider time, ILogger<WorkRunner> log) : BackgroundService
{
    /// <summary>For how long an item is claimed. Its node moves that on three times as often.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    // What is under way when this node is told to stop has this long to come to a place where another can go on.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ended = new CancellationTokenSource();
        await using var stop = stoppingToken.Register(() =>
        {
            signal.Stop();
            ended.CancelAfter(Grace);
        });
        await Task.WhenAll(workers.Select(w => LoopAsync(w, ended.Token, stoppingToken)));
    }

    /// <summary>Does what is due now of every kind, or of one, to its end: for tests and commands without a server.</summary>
    public async Task<int> RunDueAsync(CancellationToken cancel, string? kind = null)
    {
        var done = 0;
        foreach (var worker in workers.Where(w => kind is null || w.Kind == kind))
        {
            while (await ClaimAsync(worker, worker.AtOnce, cancel) is { Count: > 0 } claimed)
            {
                await Task.WhenAll(claimed.Select(i => DoAsync(worker, i, cancel)));
                done += claimed.Count;
            }
        }

        return done;
    }

    private async Task LoopAsync(IWorker worker, CancellationToken work, CancellationToken cancel)
    {
        var running = new HashSet<Task>();
        while (!cancel.IsCancellationRequested)
        {
            var called = signal.Next(worker.Kind);
            var isMore = false;
            try
            {
                var room = worker.AtOnce - running.Count;
                if (room > 0)
                {
                    var claimed = await ClaimAsync(worker, room, cancel);
                    running.UnionWith(claimed.Select(i => Task.Run(() => DoAsync(worker, i, work), CancellationToken.None)));
                    isMore = claimed.Count == room;
                }
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                LogNotClaimed(log, e, worker.Kind);
            }

            // Full, or more is waiting: as soon as one has ended. Otherwise when called, or after a while.
            var pause = Task.Delay(Interval, time, cancel);
            await Task.WhenAny(isMore ? Task.WhenAny([.. running, pause]) : Task.WhenAny(called, pause));
            running.RemoveWhere(t => t.IsCompleted);
        }

        await Task.WhenAll(running);
    }

    private async Task<List<WorkItem>> ClaimAsync(IWorker worker, int max, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var now = time.GetUtcNow();
        var items = await db.Set<WorkItem>().FromSqlRaw(db.ClaimWork, node.NewLease(), db.Stored(now + Lease), worker.Kind, db.Stored(now), max).AsNoTracking().ToListAsync(cancel);
        items.Sort((a, b) => a.Id.CompareTo(b.Id));
        return items;
    }

    private async Task DoAsync(IWorker worker, WorkItem item, CancellationToken stopping)
    {
        // As it was claimed: the worker changes its item, also where it then cannot write it.
        var claim = new Claim(item.Id, item.Kind, item.Subject, item.Holder, item.Attempts);
        using var lease = new CancellationTokenSource(Left(item.DueAt), time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, lease.Token);
        var keeping = KeepAsync(claim, lease, ended);
        try
        {
            await worker.DoAsync(item, ended.Token);
        }
        catch (DbUpdateConcurrencyException)
        {
            LogLost(log, claim.Kind, claim.Subject);
        }
        catch (Exception e)
        {
            // At a stop of this node: others may have it at once.
            if (!stopping.IsCancellationRequested) LogFailed(log, e, claim.Kind, claim.Subject, claim.Attempts);
            await PutBackAsync(claim, stopping.IsCancellationRequested ? TimeSpan.Zero : Pause(claim.Attempts));
        }
        finally
        {
            await ended.CancelAsync();
            await keeping;
        }
    }

    // While the work goes on; where another node has it by now, or may have it, the work is broken off.
    private async Task KeepAsync(Claim claim, CancellationTokenSource lease, CancellationTokenSource work)
    {
        var pause = Lease / 3;
        while (!work.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(pause, time, work.Token);
                var until = time.GetUtcNow() + Lease;
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
                if (await Held(db, claim).ExecuteUpdateAsync(set => set.SetProperty(w => w.DueAt, until), work.Token) == 0) await work.CancelAsync();
                lease.CancelAfter(Left(until));
                pause = Lease / 3;
            }
            catch (Exception) when (work.IsCancellationRequested)
            {
                // The work has ended.
            }
            catch (Exception e)
            {
                // Tried again soon. The lease ends the work if that never succeeds in time.
                LogNotKept(log, e, claim.Kind, claim.Subject);
                pause = Lease / 10;
            }
        }
    }

    private async Task PutBackAsync(Claim claim, TimeSpan pause)
    {
        try
        {
            var due = time.GetUtcNow() + pause;
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
            await Held(db, claim).ExecuteUpdateAsync(set => set.SetProperty(w => w.DueAt, due).SetProperty(w => w.Holder, (string?)null), CancellationToken.None);
        }
        catch (Exception e)
        {
            // Then it is due when its lease ends.
            LogNotKept(log, e, claim.Kind, claim.Subject);
        }
    }

    private static IQueryable<WorkItem> Held(ConnectionsDbContext db, Claim claim) => db.Set<WorkItem>().Where(w => w.Id == claim.Id && w.Holder == claim.Holder);

    private TimeSpan Left(DateTimeOffset until) => until - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private static TimeSpan Pause(int attempts) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(attempts, 20)), LongestPause.TotalSeconds));

    private sealed record Claim(long Id, string Kind, long Subject, string? Holder, int Attempts);

    [LoggerMessage(LogLevel.Error, "Work of the kind {Kind} could not be claimed; tried again in a second.")]
    private static partial void LogNotClaimed(ILogger log, Exception e, string kind);

    [LoggerMessage(LogLevel.Error, "The work {Kind} {Subject} failed ({Attempts} times so far); it is done again later.")]
    private static partial void LogFailed(ILogger log, Exception e, string kind, long subject, int attempts);

    [LoggerMessage(LogLevel.Warning, "The work {Kind} {Subject} was taken over by another node, and nothing of it was written here.")]
    private static partial void LogLost(ILogger log, string kind, long subject);

    [LoggerMessage(LogLevel.Warning, "The lease of the work {Kind} {Subject} could not be moved on or given back.")]
    private static partial void LogNotKept(ILogger log, Exception e, string kind, long subject);
}
