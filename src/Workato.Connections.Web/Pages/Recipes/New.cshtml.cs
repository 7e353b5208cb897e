using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Recipes;

/// <summary>A new recipe: its name, where it lies, and how it starts. All else is done in the editor.</summary>
[Needs(Privilege.CreateRecipes)]
internal sealed class NewModel(RecipeService service, FolderTree folders, CurrentAccess current) : PageModel
{
    /// <summary>How a recipe may start: the trigger's app and name.</summary>
    public static IReadOnlyList<(string Name, string Title, string Hint, string Code)> Starts { get; } =
    [
        ("app", "Something new in an app", "A connection looks for new records, and each starts the recipe once.", """{"keyword":"trigger"}"""),
        ("schedule", "By the clock", "At a time, or again and again.", """{"keyword":"trigger","provider":"clock","name":"scheduled_event","as":"trigger"}"""),
        ("webhook", "A request from outside", "The recipe gets an address of its own.", """{"keyword":"trigger","provider":"workato_webhooks","name":"new_event","as":"trigger"}"""),
        ("call", "A call from a script or another recipe", "Whoever calls waits for the result.", """{"keyword":"trigger","provider":"workato_recipe_function","name":"execute","as":"call"}"""),
        ("command", "A command in Slack", "Somebody writes for example /expenses.", $$"""{"keyword":"trigger","provider":"{{BuiltInApps.Workbot}}","name":"bot_command_v2","as":"command"}"""),
    ];

    [BindProperty(SupportsGet = true)]
    public string? Name { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Folder { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Start { get; set; } = "app";

    public IReadOnlyList<FolderPlace> Places { get; private set; } = [];

    public Refusal? Refusal { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => Places = await folders.ReadAsync(null, cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var code = Starts.FirstOrDefault(s => s.Name == Start, Starts[0]).Code;
        var made = await service.CreateAsync(new() { Name = Name ?? "", FolderId = Folder, Code = code }, cancel);
        if (made.Value is { } recipe) return current.Access.May(Privilege.UpdateRecipes) ? RedirectToPage("/Recipes/Edit", new { recipe.Id, Step = 0 }) : Redirect($"/recipes/{recipe.Id}");
        Refusal = made.Refusal;
        await OnGetAsync(cancel);
        return Page();
    }
}
