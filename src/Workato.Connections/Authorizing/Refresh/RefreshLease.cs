using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;

namespace Workato.Connections.Authorizing.Refresh;

/// <summary>
/// The right to redeem a connection's refresh token, in the connection's own row: taken by one conditional update, kept up
/// while the app is asked, given back with the result. It stands there before the app is asked, so that whoever comes
/// after a crash knows that the outcome is unknown.
/// </summary>
internal static class RefreshLease
{
    /// <summary>How long it is taken for. The holder moves it on three times as often.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    /// <summary>How often the holder moves it on.</summary>
    public static readonly TimeSpan Beat = Length / 3;

    // Clocks of nodes may differ by this much.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    // Who is there but does not move on is stopped, or its disk is. It may hold an answer that nobody else can get again.
    private static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(5);

    /// <summary>Whether somebody else has it, or may still come back to it.</summary>
    public static async Task<bool> IsHeldAsync(this ConnectionsDbContext db, Connection row, NodeIdentity self, DateTimeOffset now, CancellationToken cancel)
    {
        if (row is not { RefreshHolder: { } holder, RefreshHeldUntil: { } until }) return false;
        if (now <= until + Tolerance) return true;
        var node = NodeIdentity.NodeOf(holder);
        return now <= until + LongestStop && node != self.Number && await db.IsThereAsync(node, cancel);
    }

    /// <summary>Takes it as <paramref name="holder"/>. One of many succeeds; none where the credentials or the lease are not those of <paramref name="row"/> any more.</summary>
    public static async Task<bool> TakeAsync(this ConnectionsDbContext db, Connection row, string holder, DateTimeOffset now, CancellationToken cancel)
    {
        var (id, version, before, ended, until) = (row.Id, row.CredentialVersion, row.RefreshHolder, row.RefreshHeldUntil, now + Length);
        // A holder that was merely stopped may have moved it on since the row was read.
        return await db.Connections.Where(c => c.Id == id && c.CredentialVersion == version && c.RefreshHolder == before && c.RefreshHeldUntil == ended)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RefreshHolder, holder).SetProperty(c => c.RefreshHeldUntil, until), cancel) == 1;
    }

    /// <summary>
    /// Takes it where nobody has it, nobody left it and nothing failed so far, which is nearly always, and reads the row in
    /// the same trip to the database: the row as it was before. Null where it is not so simple.
    /// </summary>
    public static async Task<Connection?> TakeFreeAsync(this ConnectionsDbContext db, int id, int version, string holder, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = await db.Connections.FromSqlRaw("""
            UPDATE connections SET refresh_holder = {0}, refresh_held_until = {1}
            WHERE id = {2} AND credential_version = {3} AND refresh_holder IS NULL AND refresh_failures = 0
            RETURNING *
            """, holder, db.Stored(now + Length), id, version).AsNoTracking().ToListAsync(cancel);
        if (rows is not [var row]) return null;
        (row.RefreshHolder, row.RefreshHeldUntil) = (null, null);
        return row;
    }

    /// <summary>Gives it back without a result: the app was not asked.</summary>
    public static Task GiveBackAsync(this ConnectionsDbContext db, int id, string holder, CancellationToken cancel) =>
        db.Connections.Where(c => c.Id == id && c.RefreshHolder == holder).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.RefreshHolder, (string?)null).SetProperty(c => c.RefreshHeldUntil, (DateTimeOffset?)null), cancel);

    /// <summary>Moves it on.</summary>
    public static Task KeepAsync(this ConnectionsDbContext db, int id, string holder, DateTimeOffset now, CancellationToken cancel)
    {
        var until = now + Length;
        return db.Connections.Where(c => c.Id == id && c.RefreshHolder == holder).ExecuteUpdateAsync(set => set.SetProperty(c => c.RefreshHeldUntil, until), cancel);
    }
}
