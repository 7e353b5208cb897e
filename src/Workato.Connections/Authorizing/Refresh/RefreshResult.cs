using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;
using Workato.Connections.Secrets;
using Workato.Connections.Timelines;

namespace Workato.Connections.Authorizing.Refresh;

/// <summary>
/// Writes how getting new tokens ended, and gives the lease back. Everything is written only while the credentials are
/// still those it was begun for: a result for older ones changes nothing, whoever brings it and however late.
/// </summary>
internal static class RefreshResult
{
    // What was wrong because no tokens could be got is over; what the app said to a request is not ours to take back.
    private const string IsOver = "refresh_problem IS NOT NULL AND (status IS NULL OR status <> 'Failed' OR error = refresh_problem)";

    // Written out: to build this from expressions and to recognise it each time was a fifth of what a refresh computes.
    private const string Put = $$"""
        UPDATE connections SET sealed_tokens = {0}, credential_version = credential_version + 1, tokens_expire_at = {1}, granted_scopes = {2}, refresh_due_at = {3},
            refresh_holder = NULL, refresh_held_until = NULL, refresh_failures = 0, refresh_problem = NULL,
            lost_at = CASE WHEN {{IsOver}} THEN NULL ELSE lost_at END,
            lost_reason = CASE WHEN {{IsOver}} THEN NULL ELSE lost_reason END,
            status = CASE WHEN {{IsOver}} THEN 'Success' ELSE status END,
            error = CASE WHEN {{IsOver}} THEN NULL ELSE error END,
            cause = CASE WHEN {{IsOver}} THEN NULL ELSE cause END,
            evidence = CASE WHEN {{IsOver}} THEN NULL ELSE evidence END,
            ends_at = CASE WHEN end_is_given THEN ends_at ELSE {6} END,
            warn_at = CASE WHEN end_is_given THEN warn_at ELSE {7} END
        WHERE id = {4} AND credential_version = {5}
        RETURNING *
        """;

    /// <summary>New tokens take the place of the old: the row as it is then. Null where somebody else put other credentials there.</summary>
    public static async Task<Connection?> PutAsync(this ConnectionsDbContext db, Connection row, OpenCredentials renewed, CredentialProtector protector, DateTimeOffset now)
    {
        var tokens = renewed.Tokens!;
        object? Stored(DateTimeOffset? instant) => instant is { } at ? db.Stored(at) : null;
        await using var together = row.RefreshProblem is null ? null : await db.Database.BeginTransactionAsync();
        var written = await db.Connections.FromSqlRaw(Put, [protector.Seal(row.Id, tokens), Stored(tokens.ExpiresAt), tokens.Scope, Stored(RefreshSchedule.Due(renewed, now)), row.Id, row.CredentialVersion, Stored(tokens.PermissionEndsAt), Stored(Connection.WarningOf(tokens.PermissionEndsAt, isGiven: false, now))]!).AsNoTracking().ToListAsync();
        if (together is not null)
        {
            // It was in trouble, and is no more.
            if (written is [{ Status: AuthorizationStatus.Success }]) db.Add(written[0].Happened(EventKinds.Recovered, now));
            await db.SaveChangesAsync();
            await together.CommitAsync();
        }

        return written.SingleOrDefault();
    }

    /// <summary>The permission is gone: the connection is lost. False where it has other credentials by now.</summary>
    public static async Task<bool> LoseAsync(this ConnectionsDbContext db, Connection row, Diagnosis why, DateTimeOffset now) =>
        await db.ChangeAsync(row.Id, EventKinds.Lost, why, now, () => OfThisVersion(db, row).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Status, AuthorizationStatus.Failed)
            .SetProperty(c => c.Error, why.Words)
            .SetProperty(c => c.Cause, why.Cause)
            .SetProperty(c => c.Evidence, why.Evidence)
            .SetProperty(c => c.LostAt, c => c.LostAt ?? now)
            .SetProperty(c => c.LostReason, why.Words)
            .SetProperty(c => c.RefreshDueAt, (DateTimeOffset?)null)
            .SetProperty(c => c.RefreshHolder, (string?)null)
            .SetProperty(c => c.RefreshHeldUntil, (DateTimeOffset?)null)
            .SetProperty(c => c.RefreshFailures, c => c.RefreshFailures + 1)
            .SetProperty(c => c.RefreshProblem, why.Words)));

    /// <summary>It is tried again at <paramref name="next"/>. While the old access token lives nothing is wrong yet.</summary>
    /// <param name="db">The database.</param>
    /// <param name="row">The connection as it was when it began.</param>
    /// <param name="status">What the connection's status is once the access token has ended.</param>
    /// <param name="why">Why there are no new tokens.</param>
    /// <param name="now">The time.</param>
    /// <param name="next">When it is tried again.</param>
    public static async Task<bool> PostponeAsync(this ConnectionsDbContext db, Connection row, AuthorizationStatus status, Diagnosis why, DateTimeOffset now, DateTimeOffset next)
    {
        var (hasEnded, isLost) = (row.TokensExpireAt is not { } end || end <= now, status == AuthorizationStatus.Failed);
        // Told when it begins, and when it is felt; not every time it is tried.
        var kind = hasEnded && isLost ? EventKinds.Lost : EventKinds.Trouble;
        var isNews = row.RefreshProblem is null || (hasEnded && row.Status == AuthorizationStatus.Success);
        return await db.ChangeAsync(row.Id, isNews ? kind : null, why, now, async () =>
        {
            var rows = OfThisVersion(db, row);
            if (hasEnded) await ToldAsync(rows);
            else await rows.Where(c => c.Error == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.Cause, why.Cause).SetProperty(c => c.Evidence, why.Evidence));
            return await PutOffAsync(rows);
        });

        // What the app itself said to a request stays the last word: that it cannot be asked for tokens takes nothing of it back.
        Task<int> ToldAsync(IQueryable<Connection> rows) => rows.Where(c => c.Status == null || c.Status != AuthorizationStatus.Failed || c.Error == c.RefreshProblem).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Status, status)
            .SetProperty(c => c.Error, why.Words)
            .SetProperty(c => c.Cause, why.Cause)
            .SetProperty(c => c.Evidence, why.Evidence));

        Task<int> PutOffAsync(IQueryable<Connection> rows) => rows.ExecuteUpdateAsync(set => set
            .SetProperty(c => c.LostAt, c => hasEnded && isLost ? c.LostAt ?? now : c.LostAt)
            .SetProperty(c => c.LostReason, c => hasEnded && isLost ? why.Words : c.LostReason)
            .SetProperty(c => c.RefreshDueAt, next)
            .SetProperty(c => c.RefreshHolder, (string?)null)
            .SetProperty(c => c.RefreshHeldUntil, (DateTimeOffset?)null)
            .SetProperty(c => c.RefreshFailures, c => c.RefreshFailures + 1)
            .SetProperty(c => c.RefreshProblem, why.Words));
    }

    /// <summary>Looked at again only at <paramref name="next"/>, by itself: nobody can do anything with it as it is.</summary>
    public static Task PutOffAsync(this ConnectionsDbContext db, Connection row, DateTimeOffset next) =>
        OfThisVersion(db, row).Where(c => c.RefreshDueAt < next).ExecuteUpdateAsync(set => set.SetProperty(c => c.RefreshDueAt, next));

    private static IQueryable<Connection> OfThisVersion(ConnectionsDbContext db, Connection row)
    {
        var (id, version) = (row.Id, row.CredentialVersion);
        return db.Connections.Where(c => c.Id == id && c.CredentialVersion == version);
    }
}
