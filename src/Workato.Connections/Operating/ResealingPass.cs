using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Operating;

/// <summary>Seals under the new data key whatever is sealed under another.</summary>
internal sealed class ResealingPass(ConnectionsDbContext db, KeyRings rings, CredentialProtector protector) : RotationPass(db)
{
    public override async Task<bool> RunAsync(KeyRotation rotation, Func<bool> isStopping, CancellationToken cancel)
    {
        rings.Refresh();
        if (NewKeys(rotation) is not { Count: > 0 } fresh) return false;
        var columns = SealedColumn.All;
        var at = rotation.Part is null ? -1 : columns.ToList().FindIndex(c => c.Kind == rotation.Part);
        var (isWhole, changed) = (at < 0, 0);
        if (isWhole) await BeginAsync(rotation, columns[at = 0], fresh, cancel);
        for (; at < columns.Count; at++)
        {
            if (rotation.Part != columns[at].Kind) (rotation.Part, rotation.Cursor) = (columns[at].Kind, 0);
            while (await columns[at].ReadAsync(Db, rotation.Cursor, BatchSize, fresh, cancel) is { Count: > 0 } cells)
            {
                changed += await ResealAsync(rotation, columns[at], cells, cancel);
                if (isStopping()) return false;
            }
        }

        (rotation.Part, rotation.Cursor) = (null, 0);
        await Db.SaveChangesAsync(cancel);
        return isWhole && changed == 0;
    }

    // The new key, and what came after it; empty where this node does not seal under one of those by itself.
    private List<Guid> NewKeys(KeyRotation rotation)
    {
        var target = Guid.Parse(rotation.Target);
        if (rings.Keys.FirstOrDefault(k => k.Id == target) is not { } key) return [];
        var fresh = rings.Keys.Where(k => k.ActiveFrom >= key.ActiveFrom).Select(k => k.Id).ToList();
        return fresh.Contains(rings.Default.Id) ? fresh : [];
    }

    private async Task BeginAsync(KeyRotation rotation, SealedColumn first, List<Guid> fresh, CancellationToken cancel)
    {
        if (rotation is { Total: 0, Done: 0 })
        {
            foreach (var column in SealedColumn.All) rotation.Total += (await column.CountAsync(Db, cancel)).Where(c => !fresh.Contains(c.Key)).Sum(c => c.Value);
        }

        (rotation.Part, rotation.Cursor, rotation.Unreadable) = (first.Kind, 0, 0);
        await Db.SaveChangesAsync(cancel);
    }

    // Somebody who writes new secrets in between wins: what was read is not there any more, and nothing is written.
    private async Task<int> ResealAsync(KeyRotation rotation, SealedColumn column, List<SealedCell> cells, CancellationToken cancel)
    {
        var writes = new List<Func<Task<bool>>>();
        foreach (var cell in cells)
        {
            if (protector.Reseal(column.Kind, column.Row(cell), cell.Sealed) is { } resealed) writes.Add(() => column.PutAsync(Db, cell, resealed, cancel));
            else rotation.Unreadable++;
        }

        await SaveAsync(rotation, cells[^1].Id, writes, cancel);
        return writes.Count;
    }
}
