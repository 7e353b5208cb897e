using Workato.Connections.Recipes;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Recipes;

/// <summary>A page about one recipe: finds it before every handler, answers 404 where it is not there.</summary>
internal abstract class RecipePageModel(RecipeQueries recipes) : FoundPageModel<Recipe>
{
    public Recipe Recipe => Found;

    protected override Task<Recipe?> FindAsync(CancellationToken cancel) => recipes.FindAsync(Id, cancel);
}
