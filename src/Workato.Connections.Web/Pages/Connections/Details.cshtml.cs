using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Timelines;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>One connection: its state, what it is, how to use it, how to take it away.</summary>
[Needs(Privilege.ReadConnections, Of = Of.Connection)]
internal sealed class DetailsModel(
    ConnectionQueries connections, ConnectorCatalog catalog, ConnectionService service, ConnectionUses uses, RecipeRestarts restarts, RecipeApps apps, TimelineQueries timelines, CurrentAccess current, ServerSettings settings)
    : ConnectionPageModel(connections, catalog)
{
    private const int EventsShown = 20;

    [BindProperty(SupportsGet = true)]
    public bool Made { get; set; }

    /// <summary>The event behind which the page of the time line begins; null: now.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public TimelineView Timeline { get; private set; } = null!;

    public IReadOnlyList<ConnectionUse> Uses { get; private set; } = [];

    /// <summary>How many recipes use it that are out of reach.</summary>
    public int Hidden { get; private set; }

    public ConnectionUsage Usage { get; private set; } = new(null, 0);

    /// <summary>The recipes its errors stopped.</summary>
    public IReadOnlyList<Recipe> Stopped { get; private set; } = [];

    /// <summary>How starting those again just went.</summary>
    public IReadOnlyList<RecipeRestart> Restarts { get; private set; } = [];

    public RecipeApps Apps => apps;

    public SignInWay? Way => Connector?.FindWay(Connection.SignInBy);

    public string? Address => Way is { } way && Connector!.BaseUrlFor(way, Connection.Settings) is { Length: > 0 } address && !address.Contains("//.", StringComparison.Ordinal) ? address : null;

    public string CallAddress => settings.AddressOf($"/api/connections/{Id}/call{Way?.Test.Path.Fill(Connection.Settings.GetValueOrDefault)}");

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Timeline = new(await timelines.PageAsync(Id, Before, EventsShown, cancel));
        if (!current.Access.May(Privilege.ReadRecipes)) return;
        (Uses, Hidden) = (await uses.RecipesAsync(Id, cancel), await uses.HiddenAsync(Id, cancel));
        (Usage, Stopped) = (await uses.UsageAsync(Id, cancel), await uses.StoppedAsync(Id, cancel));
    }

    [Needs(Privilege.RunRecipes)]
    public async Task<IActionResult> OnPostRestartAsync(CancellationToken cancel)
    {
        Restarts = await restarts.StartAsync(Id, cancel);
        await OnGetAsync(cancel);
        return Page();
    }

    [Needs(Privilege.UseConnections)]
    public async Task<IActionResult> OnPostTestAsync(CancellationToken cancel)
    {
        var tested = await service.TestAsync(Id, cancel);
        if (tested.Refusal is null) return RedirectToPage(new { Id });
        Refusal = tested.Refusal;
        await LoadAsync(cancel);
        await OnGetAsync(cancel);
        return Page();
    }
}
