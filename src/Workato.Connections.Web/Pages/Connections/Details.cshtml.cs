using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>One connection: its state, what it is, how to use it, how to take it away.</summary>
[Needs(Privilege.ReadConnections, Of = Of.Connection)]
internal sealed class DetailsModel(ConnectionQueries connections, ConnectorCatalog catalog, ConnectionService service, ConnectionGuards guards, ServerSettings settings)
    : ConnectionPageModel(connections, catalog)
{
    [BindProperty(SupportsGet = true)]
    public bool Made { get; set; }

    public IReadOnlyList<ConnectionUser> Users { get; private set; } = [];

    public SignInWay? Way => Connector?.FindWay(Connection.SignInBy);

    public string? Address => Way is { } way && Connector!.BaseUrlFor(way, Connection.Settings) is { Length: > 0 } address && !address.Contains("//.", StringComparison.Ordinal) ? address : null;

    public string CallAddress => settings.AddressOf($"/api/connections/{Id}/call{Way?.Test.Path.Fill(Connection.Settings.GetValueOrDefault)}");

    public string? ScopeTitle(string scope) => Way?.Placement.OAuth2?.Scopes.FirstOrDefault(s => s.Name == scope)?.For;

    public async Task OnGetAsync(CancellationToken cancel) => Users = await guards.UsersAsync([Id], cancel);

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
