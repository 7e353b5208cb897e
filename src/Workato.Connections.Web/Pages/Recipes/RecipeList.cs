using Workato.Connections.Data;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Jobs;

namespace Workato.Connections.Web.Pages.Recipes;

/// <summary>Recipes as a list: what <c>_List.cshtml</c> shows.</summary>
/// <param name="Page">What is on it.</param>
/// <param name="Jobs">The last job of each that has one; none where jobs may not be read.</param>
/// <param name="Places">Where they lie, by folder.</param>
/// <param name="Lost">Those of them with a connection that is lost.</param>
/// <param name="Apps">Where the apps' names come from.</param>
internal sealed record RecipeList(Page<Recipe> Page, IReadOnlyDictionary<int, Job> Jobs, IReadOnlyDictionary<int, string> Places, IReadOnlySet<int> Lost, RecipeApps Apps)
{
    /// <summary>The apps of a recipe in the order of its steps.</summary>
    public IEnumerable<(string Provider, string Title)> Of(Recipe recipe) =>
        (RecipeReader.Read(recipe.Code).Value?.Providers ?? []).Select(p => (p, Apps.Find(p)?.Title ?? p));
}
