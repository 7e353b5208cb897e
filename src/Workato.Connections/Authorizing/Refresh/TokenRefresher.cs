using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Data;

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

    private readonly ConcurrentDictionary<int, Task<Refusal?>> running = new();

    /// <summary>
    /// Sees to it that the connection has other credentials than those of <paramref name="seenVersion"/>: null when it has,
    /// or why not. Waits for <see cref="Patience"/> at the most; the work goes on when the caller does not.
    /// </summary>
    public async Task<Refusal?> RenewAsync(int connectionId, int seenVersion, CancellationToken cancel)
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
    public Task<Refusal?> Begin(int connectionId, int seenVersion)
    {
        if (running.TryGetValue(connectionId, out var shared)) return shared;
        var mine = new TaskCompletionSource<Refusal?>(TaskCreationOptions.RunContinuationsAsynchronously);
        shared = running.GetOrAdd(connectionId, mine.Task);
        if (shared == mine.Task) _ = RunAsync(connectionId, seenVersion, mine);
        return shared;
    }

    private static Refusal UnderWay { get; } = new(RefusalKind.NotNow, "New tokens are being got for this connection, and the app takes its time. Ask again shortly.") { RetryAfter = TimeSpan.FromSeconds(5) };

    private async Task RunAsync(int id, int seenVersion, TaskCompletionSource<Refusal?> done)
    {
        // Not on the caller's way: what it waits for must not be cut short by its going away.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var refusal = await UntilRenewedAsync(id, seenVersion);
            running.TryRemove(id, out _);
            done.SetResult(refusal);
        }
        catch (Exception e)
        {
            LogFailed(log, e, id);
            running.TryRemove(id, out _);
            done.SetResult(new(RefusalKind.NotNow, "New tokens could not be got for this connection, because something went wrong here. Ask again shortly.") { RetryAfter = TimeSpan.FromSeconds(5) });
        }
    }

    private async Task<Refusal?> UntilRenewedAsync(int id, int seenVersion)
    {
        RowChanges? changes = null;
        try
        {
            for (var end = time.GetUtcNow() + Patience; ;)
            {
                // Asked for before the row is read, so that no change falls between.
                var changed = changes?.Next;
                var (isHeld, refusal) = await TryAsync(id, seenVersion, isFirst: changes is null);
                if (!isHeld) return refusal;
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

    private async Task<(bool IsHeld, Refusal? Refusal)> TryAsync(int id, int seenVersion, bool isFirst)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, now, lease) = (scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>(), time.GetUtcNow(), node.NewLease());
        if (isFirst && await db.TakeFreeAsync(id, seenVersion, lease, now, CancellationToken.None) is { } free)
        {
            if (stored.Open(free, await db.ProfileOfAsync(free, CancellationToken.None)) is { Value: { } credentials }) return (false, await underLease.RenewAsync(free, credentials, lease));
            // Why they cannot be read is said below.
            await db.GiveBackAsync(id, lease, CancellationToken.None);
        }

        var row = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id);
        if (row is null) return (false, Refusal.NotFound("Connection"));
        if (row.CredentialVersion != seenVersion) return (false, null);
        if (Waiting(row, now) is { } later) return (false, later);
        if (await db.IsHeldAsync(row, node, now, CancellationToken.None)) return (true, null);

        var opened = stored.Open(row, await db.ProfileOfAsync(row, CancellationToken.None));
        if (opened.Refusal is { } unreadable)
        {
            // Due and never done, it would stand before all others for ever.
            await db.PutOffAsync(row, now + RefreshSchedule.LongestWait);
            return (false, unreadable);
        }

        // Where somebody else was quicker, it is theirs.
        if (!await db.TakeAsync(row, lease, now, CancellationToken.None)) return (true, null);
        return (false, await underLease.RenewAsync(row, opened.Value!, lease));
    }

    // After a failure the app is left alone for a while, however many ask. What is lost for good is not asked for at all.
    private static Refusal? Waiting(Connection row, DateTimeOffset now) => row switch
    {
        { RefreshFailures: > 0, RefreshDueAt: null, RefreshProblem: { } lost } => new(RefusalKind.NotConnected, lost),
        { RefreshFailures: > 0, RefreshDueAt: { } due, RefreshProblem: { } problem } when due > now => new(RefusalKind.NotNow, problem) { RetryAfter = due - now },
        _ => null,
    };

    [LoggerMessage(LogLevel.Error, "New tokens for connection {ConnectionId} could not be got, because something went wrong here.")]
    private static partial void LogFailed(ILogger log, Exception e, int connectionId);
}
