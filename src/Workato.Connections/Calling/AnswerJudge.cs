using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Answers;
using Workato.Connections.Data;

namespace Workato.Connections.Calling;

/// <summary>
/// What a connection learns from the answers to calls through it: a rejection marks it, a success after that clears the
/// mark, and an app that is down says nothing about the connection.
/// </summary>
public sealed partial class AnswerJudge(IServiceScopeFactory scopes, ChangeFeed feed, TimeProvider time, ILogger<AnswerJudge> log)
{
    /// <summary>Judges one answer. Writes only when the connection's status changes.</summary>
    public ValueTask JudgeAsync(ConnectionSnapshot connection, int status)
    {
        if (connection.IsRejection(status))
            return connection.Status == AuthorizationStatus.Failed ? ValueTask.CompletedTask : new(MarkRejectedAsync(connection, status));
        return status is >= 200 and < 300 && connection is { HasRefreshProblem: false, Status: not AuthorizationStatus.Success } ? new(MarkWorkingAsync(connection)) : ValueTask.CompletedTask;
    }

    /// <summary>The app rejected the access token and could not be asked for another: nothing is known to be lost.</summary>
    internal Task MarkInTroubleAsync(ConnectionSnapshot connection, string words) =>
        UpdateAsync(connection, db => OfThisVersion(db, connection).Where(c => c.Status == AuthorizationStatus.Success)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, AuthorizationStatus.Exception).SetProperty(c => c.Error, words)));

    private async Task MarkRejectedAsync(ConnectionSnapshot connection, int status)
    {
        var (reason, now) = (Words.Rejected(connection.Connector.Title, status, null), time.GetUtcNow());
        var changed = await UpdateAsync(connection, db => OfThisVersion(db, connection).Where(c => c.Status != AuthorizationStatus.Failed || c.Status == null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(c => c.LostAt, c => c.Status == AuthorizationStatus.Success ? now : c.LostAt)
                .SetProperty(c => c.LostReason, c => c.Status == AuthorizationStatus.Success ? reason : c.LostReason)
                .SetProperty(c => c.Status, AuthorizationStatus.Failed)
                .SetProperty(c => c.Error, reason)));
        if (changed) LogRejected(log, connection.Id, connection.Connector.Provider, status);
    }

    private async Task MarkWorkingAsync(ConnectionSnapshot connection)
    {
        var now = time.GetUtcNow();
        await UpdateAsync(connection, db => OfThisVersion(db, connection).Where(c => c.RefreshProblem == null).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Status, AuthorizationStatus.Success)
            .SetProperty(c => c.AuthorizedAt, c => c.AuthorizedAt ?? now)
            .SetProperty(c => c.Error, (string?)null)
            .SetProperty(c => c.LostAt, (DateTimeOffset?)null)
            .SetProperty(c => c.LostReason, (string?)null)));
    }

    // An answer to credentials that were replaced meanwhile says nothing about the new ones.
    private static IQueryable<Connection> OfThisVersion(ConnectionsDbContext db, ConnectionSnapshot connection) =>
        db.Connections.Where(c => c.Id == connection.Id && c.CredentialVersion == connection.CredentialVersion);

    private async Task<bool> UpdateAsync(ConnectionSnapshot connection, Func<ConnectionsDbContext, Task<int>> update)
    {
        await using var scope = scopes.CreateAsyncScope();
        var changed = await update(scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>());
        feed.Announce(Connection.Table, connection.Id);
        return changed > 0;
    }

    [LoggerMessage(LogLevel.Warning, "Connection {ConnectionId} ({Provider}) was lost: the app answered {Status} to a call through it.")]
    private static partial void LogRejected(ILogger log, int connectionId, string provider, int status);
}
