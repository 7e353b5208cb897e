using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;

namespace Workato.Connections.Recipes;

/// <summary>Recipes use connections: running ones keep them from being disconnected, all of them from being deleted.</summary>
public sealed class RecipesUseConnections(ConnectionsDbContext db, RecipeStops stops, AuditTrail audit, CurrentAccess current, TimeProvider time) : IConnectionUsers
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ConnectionUser>> FindAsync(IReadOnlyCollection<int> connectionIds, int limit, CancellationToken cancel)
    {
        var users = await Using(connectionIds).OrderByDescending(r => r.Running).ThenBy(r => r.Id).Take(limit).Select(r => new { r.Id, r.Name, r.Running }).ToListAsync(cancel);
        var ids = users.Select(u => u.Id).ToList();
        var seen = current.Access.May(Privilege.ReadRecipes) ? await db.RecipesIn(current.Access.Projects).Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToHashSetAsync(cancel) : [];
        return [.. users.Select(u => new ConnectionUser(u.Running ? "running recipe" : "recipe", seen.Contains(u.Id) ? u.Id : null, seen.Contains(u.Id) ? u.Name : null) { IsActive = u.Running })];
    }

    /// <inheritdoc/>
    public async Task LetGoAsync(IReadOnlyCollection<int> connectionIds, ConnectionEnd end, CancellationToken cancel)
    {
        var recipes = await Using(connectionIds).Include(r => r.Connections).Where(r => end == ConnectionEnd.Deleted || r.Running).ToListAsync(cancel);
        if (recipes.Count == 0) return;
        var lost = recipes.SelectMany(r => r.Connections).Where(IsLost).Select(c => c.ConnectionId).OfType<int>().Distinct().ToList();
        var names = await db.Connections.Where(c => lost.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToDictionaryAsync(c => c.Id, c => c.Name, cancel);
        var about = await db.AuditedAsync(recipes, cancel);
        foreach (var recipe in recipes)
        {
            var bound = recipe.Connections.Where(IsLost).ToList();
            if (recipe.Running) stops.Stop(recipe, Reason(bound[0].ConnectionId!.Value), about[recipe.Id]);
            if (end == ConnectionEnd.Disconnected) continue;
            // Also what lies in a row of its own is a change of the recipe: whoever starts it at this moment is noticed.
            recipe.UpdatedAt = time.GetUtcNow();
            var changes = new AuditChanges();
            foreach (var connection in bound)
            {
                changes.With($"connection of {connection.Provider}", connection.ConnectionId, null);
                connection.ConnectionId = null;
            }

            audit.Add(AuditEvents.RecipeUpdated, about[recipe.Id], changes, "The connection was deleted by force.");
        }

        bool IsLost(RecipeConnection c) => c.ConnectionId is { } id && connectionIds.Contains(id);

        StopReason Reason(int id) => end == ConnectionEnd.Deleted
            ? new(StopCauses.ConnectionRemoved, $"Its connection '{names[id]}' was deleted. Choose another one, then start it again.", null)
            : new(StopCauses.ConnectionRemoved, $"Its connection '{names[id]}' was disconnected. Connect it again, then start the recipe again.", id);
    }

    private IQueryable<Recipe> Using(IReadOnlyCollection<int> connectionIds) =>
        db.Recipes.Where(r => r.Connections.Any(c => c.ConnectionId != null && connectionIds.Contains(c.ConnectionId.Value)));
}
