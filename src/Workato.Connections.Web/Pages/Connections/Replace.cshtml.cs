using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>Moves all recipes to another connection: says first which and where, does it, and takes it back.</summary>
[Needs(Privilege.ReadConnections, Of = Of.Connection)]
internal sealed class ReplaceModel(ConnectionQueries connections, ConnectorCatalog catalog, ReplaceEverywhere replace, RecipeApps apps) : ConnectionPageModel(connections, catalog)
{
    private const int MaxOthers = 200;
    private readonly ConnectionQueries connections = connections;

    /// <summary>The other connection.</summary>
    [BindProperty(SupportsGet = true)]
    public int? With { get; set; }

    /// <summary>What was just done.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Done { get; set; }

    public RecipeApps Apps => apps;

    /// <summary>What it could be replaced with.</summary>
    public IReadOnlyList<ConnectionSummary> Others { get; private set; } = [];

    public ReplacementPlan? Plan { get; private set; }

    public IReadOnlyList<ConnectionReplacement> Earlier { get; private set; } = [];

    public ReplacementUndone? Undone { get; private set; }

    public string Name(int connection) => Others.FirstOrDefault(o => o.Id == connection)?.Name ?? "another connection";

    [Needs(Privilege.UpdateRecipes)]
    public async Task OnGetAsync(CancellationToken cancel)
    {
        Others = [.. (await connections.PageAsync(new() { Provider = Connection.Provider }, MaxOthers, cancel)).Items.Where(c => c.Id != Id).OrderByDescending(c => c.Status.IsUsable())];
        Earlier = await replace.DoneAsync(Id, cancel);
        if (With is not { } other) return;
        var planned = await replace.PlanAsync(Id, other, cancel);
        (Plan, Refusal) = (planned.Value, Refusal ?? planned.Refusal);
    }

    [Needs(Privilege.UpdateRecipes)]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (With is { } other)
        {
            var done = await replace.DoAsync(Id, other, cancel);
            if (done.Value is { } replacement) return RedirectToPage(new { Id, Done = replacement.Id });
            Refusal = done.Refusal;
        }

        await OnGetAsync(cancel);
        return Page();
    }

    [Needs(Privilege.UpdateRecipes)]
    public async Task<IActionResult> OnPostUndoAsync(int replacement, CancellationToken cancel)
    {
        var undone = await replace.UndoAsync(Id, replacement, cancel);
        (Undone, Refusal, Done, With) = (undone.Value, undone.Refusal, null, null);
        await OnGetAsync(cancel);
        return Page();
    }
}
