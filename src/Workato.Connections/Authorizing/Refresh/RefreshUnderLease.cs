using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;
using Workato.Connections.Secrets;
using Workato.Connections.Timelines;

namespace Workato.Connections.Authorizing.Refresh;

/// <summary>What the holder of a lease does: asks the app once, and writes down how it ended.</summary>
public sealed partial class RefreshUnderLease(
    IServiceScopeFactory scopes, TokenClient client, CredentialProtector protector, ConnectionTally tally, ChangeFeed feed, TimeProvider time, ILogger<RefreshUnderLease> log)
{
    // Tokens that were issued and cannot be written down are lost for good: the database gets this long to come back.
    private static readonly TimeSpan WriteWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan WriteAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Task> underWay = new();

    /// <summary>Asks, and writes the answer.</summary>
    internal async Task<Renewal> RenewAsync(Connection row, OpenCredentials credentials, string lease)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        underWay[lease] = end.Task;
        try
        {
            using var activity = Telemetry.Activities.StartActivity("refresh");
            activity?.SetTag("connection.id", row.Id).SetTag("provider", row.Provider);
            var outcome = await AskAsync(row.Id, credentials, lease);
            activity?.SetTag("outcome", outcome.GetType().Name);
            Telemetry.Refreshed(row.Provider, outcome.GetType().Name);
            var renewal = await WriteAsync(db => RecordAsync(db, row, credentials, outcome));
            feed.Announce(Connection.Table, row.Id);
            return renewal;
        }
        finally
        {
            underWay.TryRemove(lease, out _);
            end.SetResult();
        }
    }

    /// <summary>Waits for what this process has begun: tokens that are on their way cannot be had twice.</summary>
    internal async Task FinishAsync(CancellationToken cancel) => await Task.WhenAll(underWay.Values).WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task<TokenOutcome> AskAsync(int id, OpenCredentials credentials, string lease)
    {
        using var answered = new CancellationTokenSource();
        using var timer = new PeriodicTimer(RefreshLease.Beat, time);
        var beat = KeepAsync(id, lease, timer, answered.Token);
        try
        {
            return await client.RenewAsync(credentials, CancellationToken.None);
        }
        finally
        {
            // It ends without an exception where nothing is under way, which is nearly always.
            timer.Dispose();
            await answered.CancelAsync();
            await beat;
        }
    }

    // Who cannot move the lease on goes on all the same: the answer that is on its way cannot be had twice.
    private async Task KeepAsync(int id, string lease, PeriodicTimer timer, CancellationToken answered)
    {
        try
        {
            while (await timer.WaitForNextTickAsync(CancellationToken.None))
            {
                try
                {
                    await using var scope = scopes.CreateAsyncScope();
                    await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().KeepAsync(id, lease, time.GetUtcNow(), answered);
                }
                catch (Exception e) when (e is DbException or InvalidOperationException or TimeoutException)
                {
                    LogNotKept(log, e, id);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The answer is there.
        }
    }

    private async Task<Renewal> RecordAsync(ConnectionsDbContext db, Connection row, OpenCredentials credentials, TokenOutcome outcome)
    {
        var (now, app) = (time.GetUtcNow(), credentials.Connector.Title);
        switch (outcome)
        {
            case TokenOutcome.Granted granted:
                var renewed = credentials with { Tokens = granted.Tokens };
                if (await db.PutAsync(row, renewed, protector, now) is { } written)
                {
                    tally.CountRefresh(row.Id);
                    LogRenewed(log, row.Id, row.Provider);
                    return new(Refusal: null) { Renewed = new(written, renewed) };
                }

                LogOvertaken(log, row.Id, row.Provider);
                return Renewal.ByOthers;

            case TokenOutcome.Refused { IsFinal: true } refused:
                var why = WhyLost(row, refused, app, now);
                // Somebody may have been quicker with the same refresh token: then there are newer tokens, and nothing is lost.
                if (!await db.LoseAsync(row, why, now)) return Renewal.ByOthers;
                LogLost(log, row.Id, row.Provider, refused.Code ?? "no code");
                return new(new Refusal(RefusalKind.NotConnected, why.Words) { Diagnosis = why });

            default:
                var wait = RefreshSchedule.Wait(row.RefreshFailures + 1, (outcome as TokenOutcome.InTrouble)?.RetryAfter);
                var status = outcome is TokenOutcome.Refused ? AuthorizationStatus.Failed : AuthorizationStatus.Exception;
                if (!await db.PostponeAsync(row, status, outcome.Diagnosis!, now, now + wait)) return Renewal.ByOthers;
                LogPostponed(log, row.Id, row.Provider, outcome.GetType().Name, wait);
                return new(new Refusal(RefusalKind.NotNow, outcome.Problem!) { RetryAfter = wait, Diagnosis = outcome.Diagnosis });
        }
    }

    private static Diagnosis WhyLost(Connection row, TokenOutcome.Refused refused, string app, DateTimeOffset now)
    {
        var why = refused.Diagnosis!;
        // The app is not to blame for what an unfinished attempt of ours may have used up.
        if (row.RefreshHolder is not null || row.RefreshProblem == TokenWords.NoAnswer(app)) return why with { Cause = Causes.OutcomeUnknown, Words = TokenWords.AfterNoAnswer(app, why.Words) };
        // It was known when it would end: nobody took anything back.
        return why.Cause == Causes.TokenRevoked && row.EndsAt <= now ? why with { Cause = Causes.PermissionExpired, Words = TokenWords.HasEnded(app) } : why;
    }

    private async Task<Renewal> WriteAsync(Func<ConnectionsDbContext, Task<Renewal>> write)
    {
        for (var end = time.GetUtcNow() + WriteWithin; ;)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                return await write(scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>());
            }
            catch (Exception e) when (e is DbException or DbUpdateException or InvalidOperationException or TimeoutException && time.GetUtcNow() < end)
            {
                LogNotWritten(log, e);
                await Task.Delay(WriteAgain, time);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Connection {ConnectionId} ({Provider}) has new tokens.")]
    private static partial void LogRenewed(ILogger log, int connectionId, string provider);

    [LoggerMessage(LogLevel.Warning, "New tokens for connection {ConnectionId} ({Provider}) came too late: it has other credentials by now.")]
    private static partial void LogOvertaken(ILogger log, int connectionId, string provider);

    [LoggerMessage(LogLevel.Warning, "Connection {ConnectionId} ({Provider}) was lost: the app gives no new tokens any more ({Code}).")]
    private static partial void LogLost(ILogger log, int connectionId, string provider, string code);

    [LoggerMessage(LogLevel.Warning, "Connection {ConnectionId} ({Provider}) got no new tokens ({Outcome}); tried again in {Wait}.")]
    private static partial void LogPostponed(ILogger log, int connectionId, string provider, string outcome, TimeSpan wait);

    [LoggerMessage(LogLevel.Warning, "The lease on connection {ConnectionId} could not be moved on.")]
    private static partial void LogNotKept(ILogger log, Exception e, int connectionId);

    [LoggerMessage(LogLevel.Error, "How getting new tokens ended could not be written down; it is tried again.")]
    private static partial void LogNotWritten(ILogger log, Exception e);
}
