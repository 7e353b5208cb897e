using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes.Jobs;

namespace Workato.Connections.Recipes;

/// <summary>A recipe that uses a connection.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Steps">Its steps that go through the connection, trigger included.</param>
public sealed record ConnectionUse(Recipe Recipe, IReadOnlyList<RecipeStep> Steps);

/// <summary>How a connection was used by recipes.</summary>
/// <param name="LastAt">When a step last went through it; null: never.</param>
/// <param name="Failures">How many steps through it failed in the last seven days.</param>
public sealed record ConnectionUsage(DateTimeOffset? LastAt, int Failures);

/// <summary>Where a connection is used, as far as the asker may see.</summary>
public sealed class ConnectionUses(ConnectionsDbContext db, CurrentAccess current, TimeProvider time)
{
    /// <summary>For how long failures are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(7);

    /// <summary>The recipes within reach that use it, running ones first.</summary>
    public async Task<IReadOnlyList<ConnectionUse>> RecipesAsync(int connectionId, CancellationToken cancel)
    {
        var recipes = await db.RecipesIn(current.Access.Projects).AsNoTracking().Include(r => r.Connections)
            .Where(r => r.Connections.Any(c => c.ConnectionId == connectionId)).OrderByDescending(r => r.Running).ThenBy(r => r.Id).ToListAsync(cancel);
        return [.. recipes.Select(r => Of(r, connectionId))];
    }

    /// <summary>How many more use it that are out of reach.</summary>
    public async Task<int> HiddenAsync(int connectionId, CancellationToken cancel)
    {
        if (current.Access.Projects.IsAll) return 0;
        var seen = db.RecipesIn(current.Access.Projects);
        return await db.Recipes.CountAsync(r => r.Connections.Any(c => c.ConnectionId == connectionId) && !seen.Any(s => s.Id == r.Id), cancel);
    }

    /// <summary>When it was last used and how often it failed.</summary>
    public async Task<ConnectionUsage> UsageAsync(int connectionId, CancellationToken cancel)
    {
        var (steps, since) = (db.JobSteps.Where(s => s.ConnectionId == connectionId), time.GetUtcNow() - Window);
        var last = await steps.OrderByDescending(s => s.StartedAt).Select(s => (DateTimeOffset?)s.StartedAt).FirstOrDefaultAsync(cancel);
        return new(last, last >= since ? await steps.CountAsync(s => s.StartedAt >= since && s.Error != null, cancel) : 0);
    }

    /// <summary>The recipes within reach that were stopped because of it and are stopped still.</summary>
    public async Task<IReadOnlyList<Recipe>> StoppedAsync(int connectionId, CancellationToken cancel) =>
        await db.RecipesIn(current.Access.Projects).AsNoTracking().Where(r => r.StoppedByConnectionId == connectionId && !r.Running).OrderBy(r => r.Id).ToListAsync(cancel);

    internal static ConnectionUse Of(Recipe recipe, int connectionId)
    {
        var providers = recipe.Connections.Where(c => c.ConnectionId == connectionId).Select(c => c.Provider).ToList();
        return new(recipe, [.. RecipeReader.Read(recipe.Code).Value?.All.Where(s => s.Provider is { } p && providers.Contains(p)) ?? []]);
    }
}
