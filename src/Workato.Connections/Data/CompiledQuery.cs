using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Workato.Connections.Data;

/// <summary>
/// A query that comes so often that recognising it each time would cost more than running it. Compiled once for each of the
/// databases a process uses, since a compiled query belongs to one model.
/// </summary>
/// <typeparam name="TArgument">What it depends on.</typeparam>
/// <typeparam name="TRow">What it finds.</typeparam>
internal sealed class CompiledQuery<TArgument, TRow>(Expression<Func<ConnectionsDbContext, TArgument, IQueryable<TRow>>> query)
{
    private readonly ConditionalWeakTable<IModel, Func<ConnectionsDbContext, TArgument, IAsyncEnumerable<TRow>>> compiled = [];

    /// <summary>What it finds, or null. It must not find more than one.</summary>
    public async Task<TRow?> SingleOrDefaultAsync(ConnectionsDbContext db, TArgument argument, CancellationToken cancel) =>
        await compiled.GetValue(db.Model, _ => EF.CompileAsyncQuery(query))(db, argument).SingleOrDefaultAsync(cancel);

    /// <summary>All it finds.</summary>
    public async Task<List<TRow>> ToListAsync(ConnectionsDbContext db, TArgument argument, CancellationToken cancel) =>
        await compiled.GetValue(db.Model, _ => EF.CompileAsyncQuery(query))(db, argument).ToListAsync(cancel);
}
