using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Authorizing.Refresh;

/// <summary>
/// Writes how getting new tokens ended, and gives the lease back. Everything is written only while the credentials are
/// still those it was begun for: a result for older ones changes nothing, whoever brings it and however late.
/// </summary>
internal static class RefreshResult
{
    /// <summary>New tokens take the place of the old. False where somebody else put other credentials there.</summary>
    public static async Task<bool> PutAsync(this ConnectionsDbContext db, Connection row, OpenCredentials renewed, CredentialProtector protector, DateTimeOffset now)
    {
        var tokens = renewed.Tokens!;
        var (sealedTokens, due) = (protector.Seal(row.Id, tokens), RefreshSchedule.Due(renewed, now));
        return await OfThisVersion(db, row).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.SealedTokens, sealedTokens)
            .SetProperty(c => c.CredentialVersion, c => c.CredentialVersion + 1)
            .SetProperty(c => c.TokensExpireAt, tokens.ExpiresAt)
            .SetProperty(c => c.GrantedScopes, tokens.Scope)
            .SetProperty(c => c.RefreshDueAt, due)
            .SetProperty(c => c.RefreshHolder, (string?)null)
            .SetProperty(c => c.RefreshHeldUntil, (DateTimeOffset?)null)
            .SetProperty(c => c.RefreshFailures, 0)
            // What was wrong because no tokens could be got is over; what the app said to a request is not ours to take back.
            .SetProperty(c => c.LostAt, c => c.RefreshProblem != null && (c.Status != AuthorizationStatus.Failed || c.Error == c.RefreshProblem) ? null : c.LostAt)
            .SetProperty(c => c.LostReason, c => c.RefreshProblem != null && (c.Status != AuthorizationStatus.Failed || c.Error == c.RefreshProblem) ? null : c.LostReason)
            .SetProperty(c => c.Status, c => c.RefreshProblem != null && (c.Status != AuthorizationStatus.Failed || c.Error == c.RefreshProblem) ? AuthorizationStatus.Success : c.Status)
            .SetProperty(c => c.Error, c => c.RefreshProblem != null && (c.Status != AuthorizationStatus.Failed || c.Error == c.RefreshProblem) ? null : c.Error)
            .SetProperty(c => c.RefreshProblem, (string?)null)) == 1;
    }

    /// <summary>The permission is gone: the connection is lost. False where it has other credentials by now.</summary>
    public static async Task<bool> LoseAsync(this ConnectionsDbContext db, Connection row, string words, DateTimeOffset now) =>
        await OfThisVersion(db, row).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Status, AuthorizationStatus.Failed)
            .SetProperty(c => c.Error, words)
            .SetProperty(c => c.LostAt, c => c.LostAt ?? now)
            .SetProperty(c => c.LostReason, words)
            .SetProperty(c => c.RefreshDueAt, (DateTimeOffset?)null)
            .SetProperty(c => c.RefreshHolder, (string?)null)
            .SetProperty(c => c.RefreshHeldUntil, (DateTimeOffset?)null)
            .SetProperty(c => c.RefreshFailures, c => c.RefreshFailures + 1)
            .SetProperty(c => c.RefreshProblem, words)) == 1;

    /// <summary>It is tried again at <paramref name="next"/>. While the old access token lives nothing is wrong yet.</summary>
    /// <param name="db">The database.</param>
    /// <param name="row">The connection as it was when it began.</param>
    /// <param name="status">What the connection's status is once the access token has ended.</param>
    /// <param name="words">Why there are no new tokens.</param>
    /// <param name="now">The time.</param>
    /// <param name="next">When it is tried again.</param>
    public static async Task<bool> PostponeAsync(this ConnectionsDbContext db, Connection row, AuthorizationStatus status, string words, DateTimeOffset now, DateTimeOffset next)
    {
        var (hasEnded, isLost) = (row.TokensExpireAt is not { } end || end <= now, status == AuthorizationStatus.Failed);
        return await OfThisVersion(db, row).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Status, c => hasEnded ? status : c.Status)
            .SetProperty(c => c.Error, c => hasEnded ? words : c.Error)
            .SetProperty(c => c.LostAt, c => hasEnded && isLost ? c.LostAt ?? now : c.LostAt)
            .SetProperty(c => c.LostReason, c => hasEnded && isLost ? words : c.LostReason)
            .SetProperty(c => c.RefreshDueAt, next)
            .SetProperty(c => c.RefreshHolder, (string?)null)
            .SetProperty(c => c.RefreshHeldUntil, (DateTimeOffset?)null)
            .SetProperty(c => c.RefreshFailures, c => c.RefreshFailures + 1)
            .SetProperty(c => c.RefreshProblem, words)) == 1;
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
