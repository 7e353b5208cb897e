using System.Linq.Expressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Workato.Connections.Data;

/// <summary>The embedded default: one file, one process, nothing to install.</summary>
public sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : ConnectionsDbContext(options)
{
    private const int SqliteConstraintForeignKey = 787;

    // RESTRICT is a trigger to SQLite.
    private const int SqliteConstraintTrigger = 1811;
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;

    /// <inheritdoc/>
    public override bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique or SqliteConstraintPrimaryKey };

    /// <inheritdoc/>
    public override bool IsForeignKeyViolation(Exception exception) =>
        (exception as SqliteException ?? exception.InnerException) is SqliteException { SqliteExtendedErrorCode: SqliteConstraintForeignKey or SqliteConstraintTrigger };

    /// <inheritdoc/>
    /// <remarks>One writes at a time.</remarks>
    public override bool IsDeadlock(Exception exception) => false;

    /// <inheritdoc/>
    /// <remarks>The one process needs no lock.</remarks>
    public override Task<IAsyncDisposable> LockStartAsync(CancellationToken cancel) =>
        Task.FromResult<IAsyncDisposable>(new Unlocked());

    /// <inheritdoc/>
    /// <remarks>A transaction here takes the right to write when it begins (BEGIN IMMEDIATE).</remarks>
    public override Task<IDbContextTransaction> BeginAloneAsync(AloneFor what, CancellationToken cancel) => Database.BeginTransactionAsync(cancel);

    /// <inheritdoc/>
    public override Task<int?> ReserveConnectionIdAsync(CancellationToken cancel) => Task.FromResult<int?>(null);

    /// <inheritdoc/>
    /// <remarks>There is one process: whoever else was there is gone.</remarks>
    public override Task<bool> IsThereAsync(int nodeNumber, CancellationToken cancel) => Task.FromResult(false);

    // There is one process, and one that writes at a time.
    internal override string ClaimWork => """
        UPDATE work_items SET holder = {0}, due_at = {1}, attempts = attempts + 1
        WHERE id IN (SELECT id FROM work_items WHERE kind = {2} AND due_at <= {3} ORDER BY due_at, id LIMIT {4})
        RETURNING *
        """;

    /// <inheritdoc/>
    public override IQueryable<T> WhereContains<T>(IQueryable<T> rows, Expression<Func<T, string>> text, string part) =>
        rows.Where(LikePattern.Build(text, part, (value, pattern) => EF.Functions.Like(value, pattern, LikePattern.Escape)));

    /// <inheritdoc/>
    /// <remarks>SQLite cannot order by <see cref="DateTimeOffset"/>: instants are kept as UTC ticks.</remarks>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        instant => instant.UtcTicks,
        ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private sealed class Unlocked : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
