using Microsoft.Extensions.Caching.Memory;
using Workato.Connections.Authorizing.Refresh;
using Workato.Connections.Diagnosing;

namespace Workato.Connections.Calling;

/// <summary>
/// Connections whose access token still lives: while it does it is served, and new tokens are got behind it; when it has
/// ended the caller waits for new ones.
/// </summary>
public sealed class LiveConnections(ConnectionSnapshots snapshots, TokenRefresher refresher, AnswerJudge judge, TimeProvider time) : IDisposable
{
    // Another try, where tokens were replaced between reading and asking.
    private const int Attempts = 3;

    private static readonly TimeSpan OnceIn = TimeSpan.FromMinutes(1);

    private readonly MemoryCache renewedAfterRejection = new(new MemoryCacheOptions { SizeLimit = 100_000 });

    /// <summary>The connection ready to be called through, or why it cannot be.</summary>
    public async ValueTask<Result<ConnectionSnapshot>> GetAsync(int id, CancellationToken cancel)
    {
        var found = await snapshots.GetAsync(id);
        for (var attempt = 1; ; attempt++)
        {
            if (found.Value is not { } snapshot) return found;
            var now = time.GetUtcNow();
            if (snapshot.UsableUntil is not { } end || now < end)
            {
                if (snapshot.RefreshDueAt <= now) _ = refresher.Begin(id, snapshot.CredentialVersion);
                return found;
            }

            var renewal = await refresher.RenewAsync(id, snapshot.CredentialVersion, cancel);
            if (renewal.Refusal is { } refusal) return refusal;
            if (attempt == Attempts) return new Refusal(RefusalKind.NotNow, "The app issues access tokens that end at once. Ask again shortly.") { RetryAfter = TimeSpan.FromSeconds(5) };
            found = await AfterAsync(renewal, snapshot);
        }
    }

    /// <summary>
    /// After an app rejected these credentials: the connection with other ones, where there are or can be got any. Credentials
    /// that are new because of a rejection and never worked are not replaced for another within a minute: an app that
    /// rejects what it has just issued will reject the next as well.
    /// </summary>
    public async ValueTask<AfterRejection> AfterRejectionAsync(ConnectionSnapshot rejected, CancellationToken cancel)
    {
        if (!rejected.CanRenew) return AfterRejection.Stands;
        if (Newer((await snapshots.GetAsync(rejected.Id)).Value, rejected) is { } already) return new(already, IsAnswered: true);
        if (!MayRenew(rejected)) return AfterRejection.Stands;
        var renewal = await refresher.RenewAsync(rejected.Id, rejected.CredentialVersion, cancel);
        if (renewal.Refusal is not { } refusal) return new(Newer((await AfterAsync(renewal, rejected)).Value, rejected), IsAnswered: true);
        // What is lost is marked already. Where the app could not be asked, nobody knows whether the rejection is the last word.
        if (refusal.Kind == RefusalKind.NotNow) await judge.MarkInTroubleAsync(rejected, refusal.Diagnosis ?? new(Causes.Unknown, refusal.Message, null));
        return new(null, IsAnswered: true);
    }

    /// <summary>These credentials worked: should they be rejected later, others are got.</summary>
    public void Worked(ConnectionSnapshot connection)
    {
        if (connection.CanRenew && renewedAfterRejection.TryGetValue(connection.Id, out int version) && version != connection.CredentialVersion) renewedAfterRejection.Remove(connection.Id);
    }

    /// <inheritdoc/>
    public void Dispose() => renewedAfterRejection.Dispose();

    // Who waited for it need not read what was written a moment ago.
    private async ValueTask<Result<ConnectionSnapshot>> AfterAsync(Renewal renewal, ConnectionSnapshot before) =>
        renewal.Renewed is { } renewed ? ConnectionSnapshots.Of(renewed.Row, renewed.Credentials, before.Audited) : await snapshots.GetAsync(before.Id);

    private static ConnectionSnapshot? Newer(ConnectionSnapshot? now, ConnectionSnapshot than) => now is not null && now.CredentialVersion != than.CredentialVersion ? now : null;

    private bool MayRenew(ConnectionSnapshot rejected)
    {
        lock (renewedAfterRejection)
        {
            // All who were rejected with the same credentials share one renewal.
            if (renewedAfterRejection.TryGetValue(rejected.Id, out int version)) return version == rejected.CredentialVersion;
            renewedAfterRejection.Set(rejected.Id, rejected.CredentialVersion, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = OnceIn, Size = 1 });
            return true;
        }
    }
}

/// <summary>What became of a rejection.</summary>
/// <param name="Other">The connection with other credentials, to ask the app again with; null where there are none.</param>
/// <param name="IsAnswered">Whether the connection's state says already what the rejection means.</param>
public sealed record AfterRejection(ConnectionSnapshot? Other, bool IsAnswered)
{
    /// <summary>The rejection is the last word.</summary>
    internal static AfterRejection Stands { get; } = new(null, IsAnswered: false);
}
