using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;

namespace Workato.Connections.Recipes;

/// <summary>Reads what recipes were before, of those somebody may reach.</summary>
public sealed class RecipeHistory(ConnectionsDbContext db, CurrentAccess current)
{
    /// <summary>The code of a version, or null where there is no such version.</summary>
    public Task<string?> CodeAsync(int recipeId, int number, CancellationToken cancel) => Version(recipeId, number).Select(v => v.Code).SingleOrDefaultAsync(cancel);

    /// <summary>Who made a version.</summary>
    public async Task<string> AuthorAsync(int recipeId, int number, CancellationToken cancel) => await Version(recipeId, number).Select(v => v.Author).SingleOrDefaultAsync(cancel) ?? "Somebody else";

    private IQueryable<RecipeVersion> Version(int recipeId, int number)
    {
        var reached = db.RecipesIn(current.Access.Projects);
        return db.Set<RecipeVersion>().AsNoTracking().Where(v => v.RecipeId == recipeId && v.Number == number && reached.Any(r => r.Id == recipeId));
    }
}
