using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;

namespace Workato.Connections.Authorizing.Refresh;

/// <summary>
/// Gets new tokens for a connection, once, however many want them: callers in this process share one task, other
/// processes are kept out by a lease in the row, and the result counts only for the credentials it was got for.
/// </summary>
public sealed partial class TokenRefresher(
    IServiceScopeFactory scopes, StoredCredentials stored, RefreshUnderLease underLease, ChangeFeed feed, NodeIdentity node, TimeProvider time, ILogger<TokenRefresher> log)
{
    /// <summary>How long a caller waits for tokens that somebody is getting.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    // Another node's result is announced; this is for the announcement that got lost.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, Task<Renewal>> running = new();

    /// <summary>
    /// Sees to it that the connection has other credentials than those of <paramref name="seenVersion"/>, or says why not.
    /// Waits for <see cref="Patience"/> at the most; the work goes on when the caller does not.
    /// </summary>
    public async Task<Renewal> RenewAsync(int connectionId, int seenVersion, CancellationToken cancel)
    {
        try
        {
            return await Begin(connectionId, seenVersion).WaitAsync(Patience, time, cancel);
        }
        catch (TimeoutException)
        {
            return UnderWay;
        }
    }

    /// <summary>Begins it where nobody is at it already, and gives the one task all share.</summary>
    public Task<Renewal> Begin(int connectionId, int seenVersion)
    {
        if (running.TryGetValue(connectionId, out var shared)) return shared;
        var mine = new TaskCompletionSource<Renewal>(TaskCreationOptions.RunContinuationsAsynchronously);
        shared = running.GetOrAdd(connectionId, mine.Task);
        if (shared == mine.Task) _ = RunAsync(connectionId, seenVersion, mine);
        return shared;
    }

    private static Renewal UnderWay { get; } = new(new Refusal(RefusalKind.NotNow, "New tokens are being got for this connection, and the app takes its time. Ask again shortly.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
        Diagnosis = new(Causes.AppDown, "New tokens are being got for this connection, and the app takes its time.", null),
    });

    private async Task RunAsync(int id, int seenVersion, TaskCompletionSource<Renewal> done)
    {
        // Not on the caller's way: what it waits for must not be cut short by its going away.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var renewal = await UntilRenewedAsync(id, seenVersion);
            running.TryRemove(id, out _);
            done.SetResult(renewal);
        }
        catch (Exception e)
        {
            LogFailed(log, e, id);
            running.TryRemove(id, out _);
            done.SetResult(new(new Refusal(RefusalKind.NotNow, "New tokens could not be got for this connection, because something went wrong here. Ask again shortly.") { RetryAfter = TimeSpan.FromSeconds(5) }));
        }
    }

    private async Task<Renewal> UntilRenewedAsync(int id, int seenVersion)
    {
        RowChanges? changes = null;
        try
        {
            for (var end = time.GetUtcNow() + Patience; ;)
            {
                // Asked for before the row is read, so that no change falls between.
                var changed = changes?.Next;
                if (await TryAsync(id, seenVersion, isFirst: changes is null) is { } renewal) return renewal;
                if (time.GetUtcNow() > end) return UnderWay;
                if (changed is not null) await Task.WhenAny(changed, Task.Delay(LookAgain, time));
                changes ??= new(feed, id);
            }
        }
        finally
        {
            changes?.Dispose();
        }
    }

    // Null while somebody else is at it.
    private async Task<Renewal?> TryAsync(int id, int seenVersion, bool isFirst)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, now, lease) = (scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>(), time.GetUtcNow(), node.NewLease());
        if (isFirst && await db.TakeFreeAsync(id, seenVersion, lease, now, CancellationToken.None) is { } free)
        {
            if (stored.Open(free, await db.ProfileOfAsync(free, CancellationToken.None)) is { Value: { } credentials }) return await underLease.RenewAsync(free, credentials, lease);
            // Why they cannot be read is said below.
            await db.GiveBackAsync(id, lease, CancellationToken.None);
        }

        var row = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id);
        if (row is null) return new(Refusal.NotFound("Connection"));
        if (row.CredentialVersion != seenVersion) return Renewal.ByOthers;
        if (Waiting(row, now) is { } later) return new(later);
        if (await db.IsHeldAsync(row, node, now, CancellationToken.None)) return null;

        var opened = stored.Open(row, await db.ProfileOfAsync(row, CancellationToken.None));
        if (opened.Refusal is { } unreadable)
        {
            // Due and never done, it would stand before all others for ever.
            await db.PutOffAsync(row, now + RefreshSchedule.LongestWait);
            return new(unreadable);
        }

        // Where somebody else was quicker, it is theirs.
        if (!await db.TakeAsync(row, lease, now, CancellationToken.None)) return null;
        return await underLease.RenewAsync(row, opened.Value!, lease);
    }

    // After a failure the app is left alone for a while, however many ask. What is lost for good is not asked for at all.
    private static Refusal? Waiting(Connection row, DateTimeOffset now) => row switch
    {
        { RefreshFailures: > 0, RefreshDueAt: null, RefreshProblem: { } lost } => new(RefusalKind.NotConnected, lost) { Diagnosis = Known(row, lost) },
        { RefreshFailures: > 0, RefreshDueAt: { } due, RefreshProblem: { } problem } when due > now => new(RefusalKind.NotNow, problem) { RetryAfter = due - now, Diagnosis = Known(row, problem) },
        _ => null,
    };

    private static Diagnosis Known(Connection row, string problem) => new(row.Cause ?? Causes.Unknown, problem, row.Evidence);

    [LoggerMessage(LogLevel.Error, "New tokens for connection {ConnectionId} could not be got, because something went wrong here.")]
    private static partial void LogFailed(ILogger log, Exception e, int connectionId);
}
