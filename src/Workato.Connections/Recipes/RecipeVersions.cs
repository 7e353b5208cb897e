using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Workato.Connections.Data;

namespace Workato.Connections.Recipes;

/// <summary>The steps of recipes as of their versions, which never change: read once.</summary>
public sealed class RecipeVersions : IDisposable
{
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>The trigger with all steps behind it, or null where there is no such version.</summary>
    public async Task<RecipeStep?> FindAsync(ConnectionsDbContext db, int recipeId, int version, CancellationToken cancel)
    {
        if (cache.TryGetValue((recipeId, version), out RecipeStep? known)) return known;
        var code = await db.Set<RecipeVersion>().Where(v => v.RecipeId == recipeId && v.Number == version).Select(v => v.Code).SingleOrDefaultAsync(cancel);
        if (RecipeReader.Read(code).Value is not { } trigger) return null;
        // Counted in steps.
        return cache.Set((recipeId, version), trigger, new MemoryCacheEntryOptions { Size = trigger.All.Count(), SlidingExpiration = TimeSpan.FromHours(1) });
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();
}
