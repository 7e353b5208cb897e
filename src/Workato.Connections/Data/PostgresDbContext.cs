using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Workato.Connections.Data;

/// <summary>PostgreSQL: for teams, several nodes, scale.</summary>
public sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : ConnectionsDbContext(options)
{
    // An arbitrary number that names this lock among the advisory locks of the database.
    private const long StartLock = 0x57_43_53_54_41_52_54;

    /// <inheritdoc/>
    public override bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <inheritdoc/>
    public override bool IsForeignKeyViolation(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException) is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation };

    /// <inheritdoc/>
    public override bool IsDeadlock(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected }) return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override async Task<IAsyncDisposable> LockStartAsync(CancellationToken cancel)
    {
        // A connection of its own: an advisory lock belongs to the session that took it.
        var connection = new NpgsqlConnection(Database.GetConnectionString());
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(@key)", connection) { CommandTimeout = 120 };
        command.Parameters.AddWithValue("key", StartLock);
        await command.ExecuteNonQueryAsync(cancel);
        return new Lock(connection);
    }

    // The advisory locks of what is done by one at a time: this number, and what it is.
    private const int AloneLocks = 0x57_43_41_4C;

    /// <inheritdoc/>
    public override async Task<IDbContextTransaction> BeginAloneAsync(AloneFor what, CancellationToken cancel)
    {
        var transaction = await Database.BeginTransactionAsync(cancel);
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AloneLocks}, {(int)what})", cancel);
        return transaction;
    }

    /// <summary>The advisory locks by which processes see each other: this number, and the node's own.</summary>
    internal const int NodeLocks = 0x57_43_4E_44;

    /// <inheritdoc/>
    /// <remarks>Every node holds a lock on the connection it listens on. A process that is gone lost it; one that is merely stopped did not.</remarks>
    public override Task<bool> IsThereAsync(int nodeNumber, CancellationToken cancel) => Database.SqlQuery<bool>($"""
        SELECT EXISTS (
            SELECT 1 FROM pg_locks
            WHERE locktype = 'advisory' AND granted AND classid = {NodeLocks} AND objid = {nodeNumber}
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS "Value"
        """).SingleAsync(cancel);

    /// <inheritdoc/>
    public override async Task<int?> ReserveConnectionIdAsync(CancellationToken cancel) =>
        (await Database.SqlQuery<int>($"SELECT nextval(pg_get_serial_sequence('connections', 'id'))::int").ToListAsync(cancel))[0];

    // What another node is claiming at this moment is passed over.
    internal override string ClaimWork => """
        UPDATE work_items SET holder = {0}, due_at = {1}, attempts = attempts + 1
        WHERE id IN (SELECT id FROM work_items WHERE kind = {2} AND due_at <= {3} ORDER BY due_at, id LIMIT {4} FOR UPDATE SKIP LOCKED)
        RETURNING *
        """;

    /// <inheritdoc/>
    public override IQueryable<T> WhereContains<T>(IQueryable<T> rows, Expression<Func<T, string>> text, string part) =>
        rows.Where(LikePattern.Build(text, part, (value, pattern) => EF.Functions.ILike(value, pattern, LikePattern.Escape)));

    private sealed class Lock(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock(@key)", connection);
            command.Parameters.AddWithValue("key", StartLock);
            await command.ExecuteNonQueryAsync();
            await connection.DisposeAsync();
        }
    }
}
