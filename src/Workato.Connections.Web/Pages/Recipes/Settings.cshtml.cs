using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Recipes;

/// <summary>A recipe's settings: for which apps a run on behalf of a user goes through that user's own connection.</summary>
[Needs(Privilege.ReadRecipes, Of = Of.Recipe)]
internal sealed class SettingsModel(RecipeQueries recipes, RecipeService service, RuntimeUserSwitch users, ConnectionQueries connections, ConnectorCatalog catalog, CurrentAccess current) : FoundPageModel<Recipe>
{
    public Recipe Recipe => Found;

    public IReadOnlyList<AppSwitch> Switches { get; private set; } = [];

    /// <summary>Why nothing can be switched, or null.</summary>
    public string? Obstacle { get; private set; }

    [TempData]
    public bool Saved { get; set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Obstacle = this switch
        {
            _ when !RuntimeUserSwitch.IsFor(Recipe.Type) => "Only callable and workbot recipes can run on behalf of a user: this one is started by its trigger, and nobody is there to ask for an account.",
            _ when Recipe.Running => "The recipe is running. Stop it to change this.",
            _ => (current.Access.Check(Privilege.UpdateRecipes) ?? current.Access.Check(Privilege.ReadRuntimeConnections) ?? current.Access.Check(Privilege.UpdateRuntimeConnections))?.Message,
        };
        var switches = new List<AppSwitch>();
        foreach (var entry in Recipe.Connections.OrderBy(c => c.Provider, StringComparer.Ordinal)) switches.Add(await SwitchAsync(entry, cancel));
        Switches = switches;
    }

    [Needs(Privilege.UpdateRecipes)]
    public async Task<IActionResult> OnPostAsync(string[] on, CancellationToken cancel)
    {
        // A switch that cannot be set is not sent; what it stands on stays.
        await OnGetAsync(cancel);
        var wanted = Switches.Where(s => s.CanChange).ToDictionary(s => s.Provider, s => on.Contains(s.Provider));
        Refusal = (await service.UpdateAsync(Id, new() { RuntimeUserConnections = wanted }, cancel)).Refusal;
        if (Refusal is not null) return Page();
        Saved = true;
        return RedirectToPage(new { Id });
    }

    protected override Task<Recipe?> FindAsync(CancellationToken cancel) => recipes.FindAsync(Id, cancel);

    private async Task<AppSwitch> SwitchAsync(RecipeConnection entry, CancellationToken cancel)
    {
        var title = catalog.TitleOf(entry.Provider);
        var chosen = entry.ConnectionId is { } id ? await connections.FindAsync(id, cancel) : null;
        var why = entry.ConnectionId switch
        {
            null => "Choose a connection in the recipe first: users' own connections take its settings.",
            { } known when !await users.IsPossibleAsync(known, cancel) => $"The recipe's connection{(chosen is null ? "" : $" “{chosen.Name}”")} does not sign in by OAuth. Users can connect their own account only where one signs in at {title}.",
            _ => null,
        };
        return new(entry.Provider, title, chosen?.Name, entry.RuntimeUserConnections, Obstacle is null && (why is null || entry.RuntimeUserConnections), why);
    }
}

/// <summary>The switch of one app.</summary>
/// <param name="Provider">Which.</param>
/// <param name="Title">Its name.</param>
/// <param name="Connection">The recipe's own connection, by name.</param>
/// <param name="IsOn">Whether it is on.</param>
/// <param name="CanChange">Whether it can be set.</param>
/// <param name="Why">Why it cannot be switched on, or null.</param>
internal sealed record AppSwitch(string Provider, string Title, string? Connection, bool IsOn, bool CanChange, string? Why);
