using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Pages.Connections;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>Says what disconnecting or deleting a user's own connection means, before it is done.</summary>
[Needs(Privilege.UpdateRuntimeConnections, Privilege.DeleteRuntimeConnections, Of = Of.Connection)]
internal sealed class RemoveRuntimeUserConnectionModel(ConnectionQueries connections, ConnectorCatalog catalog, ConnectionService service) : ConnectionPageModel(connections, catalog)
{
    private const string Credentials = "credentials";

    [BindProperty(SupportsGet = true)]
    public string? What { get; set; }

    [TempData]
    public string? Done { get; set; }

    public bool IsWhole => What != Credentials;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Refusal = IsWhole ? (await service.DeleteAsync(Id, cancel)).Refusal : (await service.DisconnectAsync(Id, force: true, cancel)).Refusal;
        if (Refusal is not null) return Page();
        Done = $"The connection of “{Connection.ExternalId}” to {Title} is {(IsWhole ? "deleted" : "disconnected")}.";
        return RedirectToPage("/Settings/RuntimeUserConnections");
    }

    protected override async Task<ConnectionSummary?> FindAsync(CancellationToken cancel) => await base.FindAsync(cancel) is { ParentId: not null, ExternalId: not null } found ? found : null;
}
