using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Operating;

/// <summary>A column that holds something sealed.</summary>
/// <param name="Table">Its table, in which rows have the number <c>id</c>.</param>
/// <param name="Name">The column.</param>
/// <param name="Kind">What kind of secret it is, one of <see cref="SecretKinds"/>.</param>
/// <param name="Row">The sub-purpose it is sealed under, see <see cref="CredentialProtector"/>; null where it has none.</param>
/// <param name="Bound">The column that is handed to <paramref name="Row"/> besides the number.</param>
public sealed record SealedColumn(string Table, string Name, string Kind, Func<SealedCell, string?> Row, string Bound = "CAST(NULL AS bytea)")
{
    /// <summary>
    /// Everything in the database that is sealed and lasts. Addresses of replies in chats, which lie in the jobs of a command,
    /// personal links and people's sessions are sealed, too, and end by themselves: the keys they were sealed under stay.
    /// </summary>
    public static IReadOnlyList<SealedColumn> All { get; } =
    [
        new("key_ring_canary", "sealed", SecretKinds.Canary, _ => null),
        new("audit_seal", "sealed_key", SecretKinds.Auditing, c => Numbered("audit_seal", c)),
        new("custom_oauth_profiles", "sealed_secret", SecretKinds.OAuthProfiles, c => Numbered("profile", c)),
        new("notice_channels", "sealed_secret", SecretKinds.Webhooks, c => Numbered("channel", c)),
        new("authorization_attempts", "sealed_intent", SecretKinds.AuthorizationAttempts, c => Convert.ToHexStringLower(c.Bound!), "state_hash"),
        new(Connection.Table, "sealed_secrets", SecretKinds.Credentials, c => Numbered("connection", c)),
        new(Connection.Table, "sealed_tokens", SecretKinds.Tokens, c => Numbered("connection", c)),
    ];

    /// <summary>Kinds that are sealed and not in a column of their own; they end by themselves.</summary>
    public static IReadOnlyList<string> ShortLived { get; } = [SecretKinds.Replies, SecretKinds.PersonalPages];

    /// <summary>Table and column.</summary>
    public string Place => $"{Table}.{Name}";

    private string Cells => $"SELECT CAST(id AS bigint) AS id, {Name} AS sealed, {Bound} AS bound FROM {Table} WHERE {Name} IS NOT NULL AND id > {{0}}";

    private string CountByKey => $"SELECT substr({Name}, 5, 16) AS key_id, CAST(COUNT(*) AS bigint) AS count FROM {Table} WHERE {Name} IS NOT NULL GROUP BY substr({Name}, 5, 16)";

    private string CompareAndSwap => $"UPDATE {Table} SET {Name} = {{0}} WHERE id = {{1}} AND {Name} = {{2}}";

    private string SameElsewhere => $"SELECT CAST(id AS bigint) AS \"Value\" FROM {Table} WHERE {Name} = {{0}} AND id <> {{1}}";

    /// <summary>The next cells behind <paramref name="after"/>, in the order of their rows; those under <paramref name="besides"/> are left out.</summary>
    public Task<List<SealedCell>> ReadAsync(ConnectionsDbContext db, long after, int count, IReadOnlyCollection<Guid> besides, CancellationToken cancel)
    {
        var marks = string.Join(", ", besides.Select((_, i) => $"{{{i + 1}}}"));
        var statement = Cells + (besides.Count == 0 ? "" : $" AND substr({Name}, 5, 16) NOT IN ({marks})") + $" ORDER BY id LIMIT {count.ToString(CultureInfo.InvariantCulture)}";
        return db.Database.SqlQueryRaw<SealedCell>(statement, [after, .. besides.Select(k => (object)k.ToByteArray())]).ToListAsync(cancel);
    }

    /// <summary>How many cells there are under each key. A cell that begins as nothing sealed does counts under a key nobody knows.</summary>
    public async Task<Dictionary<Guid, long>> CountAsync(ConnectionsDbContext db, CancellationToken cancel) =>
        (await db.Database.SqlQueryRaw<KeyCount>(CountByKey).ToListAsync(cancel))
            .GroupBy(c => c.KeyId is { Length: 16 } id ? new Guid(id) : Guid.Empty).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));

    /// <summary>Puts a cell in place of what was read there; false where somebody else wrote it meanwhile. Nothing else of the row changes.</summary>
    public async Task<bool> PutAsync(ConnectionsDbContext db, SealedCell read, byte[] resealed, CancellationToken cancel) =>
        await db.Database.ExecuteSqlRawAsync(CompareAndSwap, [resealed, read.Id, read.Sealed], cancel) > 0;

    /// <summary>Another row that holds the very same, or null.</summary>
    public async Task<long?> FindSameAsync(ConnectionsDbContext db, SealedCell cell, CancellationToken cancel) =>
        (await db.Database.SqlQueryRaw<long>(SameElsewhere, cell.Sealed, cell.Id).Take(1).ToListAsync(cancel)) is [var id] ? id : null;

    private static string Numbered(string what, SealedCell cell) => $"{what}:{cell.Id.ToString(CultureInfo.InvariantCulture)}";

    private sealed record KeyCount(byte[]? KeyId, long Count);
}

/// <summary>Something sealed, and where it stands.</summary>
/// <param name="Id">The row's number.</param>
/// <param name="Sealed">What is sealed.</param>
/// <param name="Bound">What it is bound to besides the number, where that is so.</param>
public sealed record SealedCell(long Id, byte[] Sealed, byte[]? Bound);
