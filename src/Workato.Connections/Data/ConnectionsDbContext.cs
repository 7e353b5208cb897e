using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Workato.Connections.Data;

/// <summary>
/// One model for two databases. It knows no feature: entities and their configuration live with their feature and are
/// found in the assembly; a feature reads through <c>Set&lt;T&gt;()</c>. What differs between the databases is a member here.
/// </summary>
public abstract class ConnectionsDbContext(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    /// <summary>The key ring, every key wrapped by the certificate.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Whether a write failed because a unique index said no: an expected outcome of two people doing the same thing.</summary>
    public abstract bool IsUniqueViolation(DbUpdateException exception);

    /// <summary>Whether a write failed because another row is gone or still points here.</summary>
    public abstract bool IsForeignKeyViolation(Exception exception);

    /// <summary>Whether a statement had to give way, because two that change many rows waited for each other: it did nothing, and may be repeated.</summary>
    public abstract bool IsDeadlock(Exception exception);

    /// <summary>Holds back other nodes that start on the same database at the same time, until disposed.</summary>
    public abstract Task<IAsyncDisposable> LockStartAsync(CancellationToken cancel);

    /// <summary>A transaction that nobody else is in who does the same: on any node, until it ends.</summary>
    public abstract Task<Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction> BeginAloneAsync(AloneFor what, CancellationToken cancel);

    /// <summary>An id for a new connection, where the database gives one out beforehand; null where it comes only with the row.</summary>
    public abstract Task<int?> ReserveConnectionIdAsync(CancellationToken cancel);

    /// <summary>Whether another process is still there: perhaps stopped or slow, but not gone.</summary>
    public abstract Task<bool> IsThereAsync(int nodeNumber, CancellationToken cancel);

    /// <summary>The statement that claims work, and gives it back: holder, until when, kind, now, how much.</summary>
    internal abstract string ClaimWork { get; }

    /// <summary>An instant as this database keeps it: for a statement of one's own, in which nothing is converted by itself.</summary>
    internal object Stored(DateTimeOffset instant) =>
        Model.FindEntityType(typeof(Work.WorkItem))!.FindProperty(nameof(Work.WorkItem.DueAt))!.GetTypeMapping().Converter?.ConvertToProvider(instant) ?? instant;

    /// <summary>A search pattern's LIKE without regard to case.</summary>
    /// <remarks>ILIKE with a trigram index on PostgreSQL; SQLite's LIKE ignores the case of ASCII letters by itself.</remarks>
    public abstract IQueryable<T> WhereContains<T>(IQueryable<T> rows, System.Linq.Expressions.Expression<Func<T, string>> text, string part);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ConnectionsDbContext).Assembly);
}

/// <summary>What is done by one at a time, on all nodes.</summary>
public enum AloneFor
{
    /// <summary>Giving audit entries their place.</summary>
    Auditing = 1,

    /// <summary>Making and taking away owners: there must always be one.</summary>
    Owners = 2,

    /// <summary>Opening and resolving incidents: each once.</summary>
    Incidents = 3,
}
