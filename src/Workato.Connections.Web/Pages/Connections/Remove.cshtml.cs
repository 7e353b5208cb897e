using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>Says what disconnecting or deleting would mean and what would stop, before it is done.</summary>
[Needs(Privilege.DeleteConnections, Privilege.UpdateConnections, Of = Of.Connection)]
internal sealed class RemoveModel(ConnectionQueries connections, ConnectorCatalog catalog, ConnectionService service, ConnectionGuards guards)
    : ConnectionPageModel(connections, catalog)
{
    private const string WholeConnection = "connection";

    [BindProperty(SupportsGet = true)]
    public string What { get; set; } = WholeConnection;

    /// <summary>Whether what uses it was shown, and is to be stopped.</summary>
    [BindProperty]
    public bool Force { get; set; }

    public bool IsWhole => What == WholeConnection;

    public IReadOnlyList<ConnectionUser> Users { get; private set; } = [];

    /// <summary>What is at work and would stop.</summary>
    public IReadOnlyList<ConnectionUser> Stopping => [.. Users.Where(u => u.IsActive)];

    /// <summary>What is not at work, and would be left without a connection.</summary>
    public IReadOnlyList<ConnectionUser> Waiting => [.. Users.Where(u => !u.IsActive)];

    public bool IsAppTold => Connection is { UsesTokens: true, HasCredentials: true } && Connector?.FindWay(Connection.SignInBy)?.Placement.OAuth2?.RevokeUrl is not null;

    public async Task OnGetAsync(CancellationToken cancel) => Users = await guards.UsersAsync([Id], cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Refusal = IsWhole ? (await service.DeleteAsync(Id, cancel, Force)).Refusal : (await service.DisconnectAsync(Id, Force, cancel)).Refusal;
        if (Refusal is null) return IsWhole ? RedirectToPage("/Connections/Index") : RedirectToPage("/Connections/Details", new { Id });
        await OnGetAsync(cancel);
        return Page();
    }
}
