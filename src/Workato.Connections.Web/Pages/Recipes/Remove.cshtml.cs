using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Recipes;

/// <summary>Says what goes with a recipe, before it is deleted.</summary>
[Needs(Privilege.DeleteRecipes, Of = Of.Recipe)]
internal sealed class RemoveModel(RecipeQueries recipes, RecipeService service) : RecipePageModel(recipes)
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Refusal = (await service.DeleteAsync(Id, cancel)).Refusal;
        return Refusal is null ? RedirectToPage("/Recipes/Index") : Page();
    }
}
