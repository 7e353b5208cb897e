using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Secrets;

namespace Workato.Connections;

/// <summary>Writes connections, and makes of what the database objects to a refusal with words.</summary>
public sealed class ConnectionStore(ConnectionsDbContext db, CredentialProtector protector, ConnectionGuards guards, ConnectionTrail trail, WhoActs who, ChangeFeed feed, WorkSignal signal, TimeProvider time)
{
    private static readonly string[] Reported =
    [
        nameof(Connection.Status), nameof(Connection.Error), nameof(Connection.Cause), nameof(Connection.Evidence), nameof(Connection.AuthorizedAt), nameof(Connection.LostAt), nameof(Connection.LostReason), nameof(Connection.RefreshDueAt),
        nameof(Connection.RefreshHolder), nameof(Connection.RefreshHeldUntil), nameof(Connection.RefreshFailures), nameof(Connection.RefreshProblem),
    ];

    /// <summary>Writes a new connection and its sealed credentials, both or neither; says why not where the place it was meant for is gone.</summary>
    internal async Task<Refusal?> AddAsync(Connection connection, ReadyCredentials ready, IReadOnlyCollection<string> secrets, bool isEmpty, CancellationToken cancel)
    {
        connection.Describe(ready);
        // Credentials are sealed for their row, and the audit log names it: its id comes first.
        var reserved = await db.ReserveConnectionIdAsync(cancel);
        if (reserved is { } id)
        {
            db.Entry(connection).Property(c => c.Id).CurrentValue = id;
            await CompleteAsync();
        }

        // Where the id comes only with the row, they are written after it: in one transaction, nobody sees half a connection.
        await using var transaction = reserved is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        db.Add(connection);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException e) when (db.IsForeignKeyViolation(e))
        {
            if (transaction is not null) await transaction.RollbackAsync(cancel);
            return await PlaceGoneAsync(connection, ownId: null, cancel);
        }
        catch (DbUpdateException e) when (connection.IsRuntimeUser && db.IsUniqueViolation(e))
        {
            if (transaction is not null) await transaction.RollbackAsync(cancel);
            return Taken(connection);
        }

        if (transaction is null) return null;
        await CompleteAsync();
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;

        Task CompleteAsync()
        {
            if (!isEmpty) connection.Put(ready, who.Actor, protector, time.GetUtcNow());
            return trail.CreatedAsync(connection, secrets, cancel);
        }
    }

    private async Task<Refusal> OvertakenAsync(int id, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        return await db.Connections.AnyAsync(c => c.Id == id, cancel)
            ? new(RefusalKind.Conflict, "Somebody else changed the credentials of this connection in the meantime. Look at it and try again.")
            : Refusal.NotFound("Connection");
    }

    private Refusal Taken(Connection connection)
    {
        db.ChangeTracker.Clear();
        return Refusal.Invalid("external_id", $"has a connection below {connection.ParentId} already; GET /api/connections?parent_id={connection.ParentId}&external_id=… names it");
    }

    // While the app was asked, somebody deleted the folder, the parent, or the connection itself.
    private async Task<Refusal> PlaceGoneAsync(Connection connection, int? ownId, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        if (ownId is { } id && !await db.Connections.AnyAsync(c => c.Id == id, cancel)) return Refusal.NotFound("Connection");
        var problems = new ProblemList();
        await guards.CheckPlaceAsync(problems, connection.Provider, ownId, connection.FolderId, connection.ParentId, cancel);
        return problems.Any ? problems.ToRefusal() : new(RefusalKind.Conflict, "The folder, the parent or the OAuth app of this connection was changed in the meantime. Try again.");
    }

    /// <summary>
    /// Writes what a test found out, also where it found what was known: a call may have marked the row while the app was asked.
    /// Refused where new tokens could not be got meanwhile: the test does not know of that, and would write over it.
    /// </summary>
    internal async Task<Refusal?> SaveProofAsync(Connection connection, CancellationToken cancel)
    {
        var (id, failures, testedAt) = (connection.Id, connection.RefreshFailures, connection.TestedAt);
        await using var together = await db.Database.BeginTransactionAsync(cancel);
        // Holds the row until the end as well.
        var isUndisturbed = await db.Connections.Where(c => c.Id == id && c.RefreshFailures == failures).ExecuteUpdateAsync(set => set.SetProperty(c => c.TestedAt, testedAt), cancel) == 1;
        if (!isUndisturbed) return await OvertakenAsync(id, cancel);
        var entry = db.Entry(connection);
        entry.Property(c => c.Status).IsModified = entry.Property(c => c.Error).IsModified = true;
        entry.Property(c => c.Cause).IsModified = entry.Property(c => c.Evidence).IsModified = true;
        entry.Property(c => c.LostAt).IsModified = entry.Property(c => c.LostReason).IsModified = true;
        if (await WriteAsync(connection, cancel) is { } refusal) return refusal;
        await together.CommitAsync(cancel);
        feed.Announce(Connection.Table, id);
        return null;
    }

    /// <summary>Writes what was changed, unless the credentials were changed by somebody else meanwhile.</summary>
    internal async Task<Refusal?> SaveAsync(Connection connection, CancellationToken cancel)
    {
        await trail.ChangedAsync(connection, cancel);
        return await WriteAsync(connection, cancel);
    }

    private async Task<Refusal?> WriteAsync(Connection connection, CancellationToken cancel)
    {
        var isConnected = false;
        if (db.Entry(connection) is var entry && entry.Property(c => c.CredentialVersion).IsModified)
        {
            // Whoever reports on credentials writes without raising their version. What was reported on the old ones since
            // they were read must not stay with the new, so all of it is written, also where it is what was read.
            foreach (var name in Reported) entry.Property(name).IsModified = true;
            isConnected = connection is { IsRuntimeUser: true, HasCredentials: true, CallbackUrl: not null };
            // Whoever asked for the user's connection is told, by work that is written with it.
            if (isConnected) db.Add(new WorkItem { Kind = RuntimeUserCallbacks.Work, Subject = connection.Id, DueAt = time.GetUtcNow() });
        }

        try
        {
            await db.SaveChangesAsync(cancel);
            feed.Announce(Connection.Table, connection.Id);
            if (isConnected) signal.Call(RuntimeUserCallbacks.Work);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return await OvertakenAsync(connection.Id, cancel);
        }
        catch (DbUpdateException e) when (db.IsForeignKeyViolation(e))
        {
            return await PlaceGoneAsync(connection, connection.Id, cancel);
        }
        catch (DbUpdateException e) when (connection.IsRuntimeUser && db.IsUniqueViolation(e))
        {
            return Taken(connection);
        }
    }
}
