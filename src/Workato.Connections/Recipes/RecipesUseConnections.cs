using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;

namespace Workato.Connections.Recipes;

/// <summary>Recipes use connections: running ones keep them from being disconnected, all of them from being deleted.</summary>
public sealed class RecipesUseConnections(ConnectionsDbContext db) : IConnectionUsers
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ConnectionUser>> FindAsync(IReadOnlyCollection<int> connectionIds, int limit, CancellationToken cancel) =>
        await db.Recipes.Where(r => r.Connections.Any(c => c.ConnectionId != null && connectionIds.Contains(c.ConnectionId.Value)))
            .OrderByDescending(r => r.Running).ThenBy(r => r.Id).Take(limit)
            .Select(r => new ConnectionUser(r.Running ? "running recipe" : "recipe", r.Id, r.Name)).ToListAsync(cancel);
}
