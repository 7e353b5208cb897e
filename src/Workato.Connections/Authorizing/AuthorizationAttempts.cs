using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;

namespace Workato.Connections.Authorizing;

/// <summary>Remembers who was sent to an app, and recognises who comes back.</summary>
public sealed class AuthorizationAttempts(ConnectionsDbContext db, CredentialProtector protector, TimeProvider time)
{
    // Long enough for a waiting window to learn how it ended.
    private static readonly TimeSpan KeptBehind = TimeSpan.FromHours(1);

    /// <summary>A secret nobody guesses: 256 bits, fit for an address.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Remembers one. <paramref name="state"/>: what the app brings back; <paramref name="browser"/>: what only this browser has.</summary>
    internal async Task<AuthorizationAttempt> AddAsync(string provider, int? connectionId, string state, string browser, Intent intent, CancellationToken cancel, TimeSpan? lifetime = null)
    {
        var (now, hash) = (time.GetUtcNow(), Token.Hash(state));
        var old = now - KeptBehind;
        await db.Set<AuthorizationAttempt>().Where(a => a.ExpiresAt < old).ExecuteDeleteAsync(cancel);
        var attempt = new AuthorizationAttempt
        {
            StateHash = hash,
            BrowserHash = Token.Hash(browser),
            Provider = provider,
            ConnectionId = connectionId,
            SealedIntent = protector.SealIntent(hash, intent),
            ExpiresAt = now + (lifetime ?? AuthorizationAttempt.Lifetime),
        };
        db.Add(attempt);
        await db.SaveChangesAsync(cancel);
        return attempt;
    }

    /// <summary>The attempt this state belongs to, used up by this call; or why it does not count.</summary>
    internal async Task<Result<(AuthorizationAttempt Attempt, Intent Intent)>> UseAsync(string? state, string? browser, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(state)) return No("What came back from the app says nothing about who asked for it.");
        var (hash, now) = (Token.Hash(state), time.GetUtcNow());
        if (await db.Set<AuthorizationAttempt>().AsNoTracking().SingleOrDefaultAsync(a => a.StateHash == hash, cancel) is not { } attempt)
            return No("Nobody here asked for what came back from the app, or it was too long ago.");
        // RFC 6749 section 10.12: an answer counts only in the browser that asked. Somebody else's must not use it up.
        if (string.IsNullOrEmpty(browser) || !CryptographicOperations.FixedTimeEquals(Token.Hash(browser), attempt.BrowserHash))
            return No("This was begun in another browser, and ends only there.");
        if (attempt.ExpiresAt <= now) return No("It took longer than ten minutes, so it does not count any more.");

        var used = await db.Set<AuthorizationAttempt>().Where(a => a.Id == attempt.Id && a.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.UsedAt, now), cancel);
        if (used == 0) return No("This was used already; it counts once.");
        return protector.OpenIntent(attempt) is { } intent ? (attempt, intent) : No("What was meant to become of it cannot be read any more.");
    }

    /// <summary>The newest code that waits for somebody to enter it for this connection, or null.</summary>
    internal async Task<(AuthorizationAttempt Attempt, Intent Intent)?> FindDeviceAsync(int connectionId, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var waiting = db.Set<AuthorizationAttempt>().AsNoTracking().Where(a => a.ConnectionId == connectionId && a.UsedAt == null && a.FinishedAt == null && a.ExpiresAt > now);
        await foreach (var attempt in waiting.OrderByDescending(a => a.Id).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (protector.OpenIntent(attempt) is { DeviceCode: not null } intent) return (attempt, intent);
        }

        return null;
    }

    /// <summary>Says what became of it.</summary>
    internal Task FinishAsync(AuthorizationAttempt attempt, int? connectionId, string? problem, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return db.Set<AuthorizationAttempt>().Where(a => a.Id == attempt.Id).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.FinishedAt, now).SetProperty(a => a.ConnectionId, connectionId).SetProperty(a => a.Problem, problem), cancel);
    }

    /// <summary>How it stands, for the browser that began it; null for any other.</summary>
    public async Task<AuthorizationAttempt?> FindAsync(int id, string? browser, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(browser)) return null;
        var hash = Token.Hash(browser);
        return await db.Set<AuthorizationAttempt>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.BrowserHash == hash, cancel);
    }

    private static Refusal No(string words) => new(RefusalKind.Conflict, words + " Nothing was changed. Begin again.");
}
