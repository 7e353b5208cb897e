namespace Workato.Connections.Recipes;

/// <summary>Starts again what a connection's errors stopped, once it works.</summary>
public sealed class RecipeRestarts(ConnectionUses uses, RecipeService service)
{
    /// <summary>Tries each of them; says for each how that went.</summary>
    public async Task<IReadOnlyList<RecipeRestart>> StartAsync(int connectionId, CancellationToken cancel)
    {
        var results = new List<RecipeRestart>();
        foreach (var recipe in await uses.StoppedAsync(connectionId, cancel)) results.Add(new(recipe, await service.StartAsync(recipe.Id, cancel)));
        return results;
    }
}

/// <summary>How starting one of several recipes went.</summary>
/// <param name="Recipe">Which.</param>
/// <param name="Start">Whether it runs, or why not.</param>
public sealed record RecipeRestart(Recipe Recipe, Result<RecipeStart> Start);
