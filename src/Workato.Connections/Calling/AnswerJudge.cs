using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Answers;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;
using Workato.Connections.Timelines;

namespace Workato.Connections.Calling;

/// <summary>
/// What a connection learns from the answers to calls through it: a rejection marks it, a success after that clears the
/// mark, and an app that is down says nothing about the connection.
/// </summary>
public sealed partial class AnswerJudge(IServiceScopeFactory scopes, ChangeFeed feed, TimeProvider time, ILogger<AnswerJudge> log)
{
    /// <summary>Judges one answer. Writes only when the connection's status changes.</summary>
    public ValueTask JudgeAsync(ConnectionSnapshot connection, HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        if (connection.IsRejection(status))
            return connection.Status == AuthorizationStatus.Failed ? ValueTask.CompletedTask : new(MarkRejectedAsync(connection, answer));
        return status is >= 200 and < 300 && connection is { HasRefreshProblem: false, Status: not AuthorizationStatus.Success } ? new(MarkWorkingAsync(connection)) : ValueTask.CompletedTask;
    }

    /// <summary>The app rejected the access token and could not be asked for another: nothing is known to be lost.</summary>
    internal Task MarkInTroubleAsync(ConnectionSnapshot connection, Diagnosis why) =>
        UpdateAsync(connection, EventKinds.Trouble, why, db => OfThisVersion(db, connection).Where(c => c.Status == AuthorizationStatus.Success)
            .ExecuteUpdateAsync(set => set
                .SetProperty(c => c.Status, AuthorizationStatus.Exception).SetProperty(c => c.Error, why.Words)
                .SetProperty(c => c.Cause, why.Cause).SetProperty(c => c.Evidence, why.Evidence)));

    private async Task MarkRejectedAsync(ConnectionSnapshot connection, HttpResponseMessage answer)
    {
        var (status, now) = ((int)answer.StatusCode, time.GetUtcNow());
        var why = Why(connection, answer, now);
        if (Causes.PassesByItself(why.Cause))
        {
            await MarkInTroubleAsync(connection, why);
            return;
        }

        var (cause, reason, evidence) = why;
        var changed = await UpdateAsync(connection, EventKinds.Lost, why, db => OfThisVersion(db, connection).Where(c => c.Status != AuthorizationStatus.Failed || c.Status == null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(c => c.LostAt, c => c.Status == AuthorizationStatus.Success ? now : c.LostAt)
                .SetProperty(c => c.LostReason, c => c.Status == AuthorizationStatus.Success ? reason : c.LostReason)
                .SetProperty(c => c.Status, AuthorizationStatus.Failed)
                .SetProperty(c => c.Error, reason)
                .SetProperty(c => c.Cause, cause)
                .SetProperty(c => c.Evidence, evidence)
                // The app's own test says more than a status: soon.
                .SetProperty(c => c.TestDueAt, now)));
        if (changed) LogRejected(log, connection.Id, connection.Connector.Provider, status);
    }

    // The body is the caller's: status and headers have to do.
    private static Diagnosis Why(ConnectionSnapshot connection, HttpResponseMessage answer, DateTimeOffset now)
    {
        var answered = Answered.OfTest(connection.Connector.Title, new Redaction(connection.Values, answer.RequestMessage), answer, body: null) with
        {
            Host = Uri.TryCreate(connection.BaseUrl, UriKind.Absolute, out var address) ? address.Host : null, IsRejection = true, UsesTokens = connection.UsesTokens, Now = now,
        };
        return Diagnostician.Of(answered, connection.Connector.Diagnosis, Words.Rejected(connection.Connector.Title, answered.Status!.Value, answered.Said), Causes.CredentialsRejected);
    }

    private async Task MarkWorkingAsync(ConnectionSnapshot connection)
    {
        var now = time.GetUtcNow();
        // What was never tested has nothing to recover from; and of many calls at once one finds it so.
        await UpdateAsync(connection, connection.Status is null ? null : EventKinds.Recovered, null, db => OfThisVersion(db, connection).Where(c => c.RefreshProblem == null && (c.Status == null || c.Status != AuthorizationStatus.Success)).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Status, AuthorizationStatus.Success)
            .SetProperty(c => c.AuthorizedAt, c => c.AuthorizedAt ?? now)
            .SetProperty(c => c.Error, (string?)null)
            .SetProperty(c => c.Cause, (string?)null)
            .SetProperty(c => c.Evidence, (string?)null)
            .SetProperty(c => c.LostAt, (DateTimeOffset?)null)
            .SetProperty(c => c.LostReason, (string?)null)));
    }

    // An answer to credentials that were replaced meanwhile says nothing about the new ones.
    private static IQueryable<Connection> OfThisVersion(ConnectionsDbContext db, ConnectionSnapshot connection) =>
        db.Connections.Where(c => c.Id == connection.Id && c.CredentialVersion == connection.CredentialVersion);

    private async Task<bool> UpdateAsync(ConnectionSnapshot connection, string? kind, Diagnosis? diagnosis, Func<ConnectionsDbContext, Task<int>> update)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var isChanged = await db.ChangeAsync(connection.Id, kind, diagnosis, time.GetUtcNow(), () => update(db));
        feed.Announce(Connection.Table, connection.Id);
        return isChanged;
    }

    [LoggerMessage(LogLevel.Warning, "Connection {ConnectionId} ({Provider}) was lost: the app answered {Status} to a call through it.")]
    private static partial void LogRejected(ILogger log, int connectionId, string provider, int status);
}
