using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections;

/// <summary>Writes connections, and makes of what the database objects to a refusal with words.</summary>
public sealed class ConnectionStore(ConnectionsDbContext db, CredentialProtector protector, ConnectionGuards guards, ChangeFeed feed, TimeProvider time)
{
    /// <summary>Writes a new connection and its sealed credentials, both or neither; says why not where the place it was meant for is gone.</summary>
    internal async Task<Refusal?> AddAsync(Connection connection, ReadyCredentials ready, bool isEmpty, CancellationToken cancel)
    {
        // Sealed for its row, so the row must be there first: both in one transaction, nobody sees half a connection.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        connection.Describe(ready);
        db.Add(connection);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException e) when (db.IsForeignKeyViolation(e))
        {
            await transaction.RollbackAsync(cancel);
            return await PlaceGoneAsync(connection, ownId: null, cancel);
        }

        if (!isEmpty)
        {
            connection.Put(ready, protector, time.GetUtcNow());
            await db.SaveChangesAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        return null;
    }

    // While the app was asked, somebody deleted the folder or the parent.
    private async Task<Refusal> PlaceGoneAsync(Connection connection, int? ownId, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var problems = new ProblemList();
        await guards.CheckPlaceAsync(problems, connection.Provider, ownId, connection.FolderId, connection.ParentId, cancel);
        return problems.Any ? problems.ToRefusal() : new(RefusalKind.Conflict, "The folder, the parent or the OAuth app of this connection was changed in the meantime. Try again.");
    }

    /// <summary>Writes what a test found out, also where it found what was known: a call may have marked the row while the app was asked.</summary>
    internal Task<Refusal?> SaveProofAsync(Connection connection, CancellationToken cancel)
    {
        var entry = db.Entry(connection);
        entry.Property(c => c.Status).IsModified = entry.Property(c => c.Error).IsModified = true;
        entry.Property(c => c.LostAt).IsModified = entry.Property(c => c.LostReason).IsModified = true;
        return SaveAsync(connection, cancel);
    }

    /// <summary>Writes what was changed, unless the credentials were changed by somebody else meanwhile.</summary>
    internal async Task<Refusal?> SaveAsync(Connection connection, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            feed.Announce(Connection.Table, connection.Id);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return await db.Connections.AnyAsync(c => c.Id == connection.Id, cancel)
                ? new(RefusalKind.Conflict, "Somebody else changed the credentials of this connection in the meantime. Look at it and try again.")
                : Refusal.NotFound("Connection");
        }
        catch (DbUpdateException e) when (db.IsForeignKeyViolation(e))
        {
            return await PlaceGoneAsync(connection, connection.Id, cancel);
        }
    }
}
