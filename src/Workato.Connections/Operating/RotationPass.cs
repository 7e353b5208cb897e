using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Operating;

/// <summary>Once over everything that a rotation is about, from where it was left.</summary>
internal abstract class RotationPass(ConnectionsDbContext db)
{
    // Small enough that nobody who writes one of the rows waits for it.
    protected const int BatchSize = 100;

    /// <summary>The database; what is done is saved with how far it is.</summary>
    protected ConnectionsDbContext Db => db;

    /// <summary>Goes over everything. True where it began at the beginning, came to the end and changed nothing.</summary>
    public abstract Task<bool> RunAsync(KeyRotation rotation, Func<bool> isStopping, CancellationToken cancel);

    /// <summary>Writes a batch, whatever of it is still as it was read, and how far it is. Returns how many were not.</summary>
    protected async Task<int> SaveAsync(KeyRotation rotation, long cursor, IReadOnlyCollection<Func<Task<bool>>> writes, CancellationToken cancel)
    {
        await using var together = await db.Database.BeginTransactionAsync(cancel);
        var done = 0;
        foreach (var write in writes) done += await write() ? 1 : 0;
        (rotation.Cursor, rotation.Done) = (cursor, rotation.Done + done);
        await db.SaveChangesAsync(cancel);
        await together.CommitAsync(cancel);
        return writes.Count - done;
    }
}
