using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>Rename, describe and move a connection, and say whose account it is.</summary>
[Needs(Privilege.UpdateConnections, Of = Of.Connection)]
internal sealed class EditModel(ConnectionQueries connections, ConnectorCatalog catalog, ConnectionService service, FolderTree folders) : ConnectionPageModel(connections, catalog)
{
    public AboutForm About { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken cancel) => ShowAsync(
        new() { Name = Connection.Name, Description = Connection.Description, FolderId = Connection.FolderId, Account = Connection.AccountKind, Environment = Connection.Environment, EndsOn = Connection.EndIsGiven ? Connection.EndsAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null }, cancel);

    public async Task<IActionResult> OnPostAsync(string? name, string? description, int folder, AccountKind account, AppEnvironment environment, string? ends, CancellationToken cancel)
    {
        var changed = await service.UpdateAsync(Id, new()
        {
            Name = name ?? "",
            Description = description ?? "",
            FolderId = folder,
            AccountKind = account,
            Environment = environment,
            EndsOn = Connection.HasCredentials ? ends ?? "" : null,
        }, cancel);
        if (changed.Refusal is null) return RedirectToPage("/Connections/Details", new { Id });

        Refusal = changed.Refusal;
        await ShowAsync(new() { Name = name, Description = description, FolderId = folder, Account = account, Environment = environment, EndsOn = ends, Errors = Refusal.Errors }, cancel);
        return Page();
    }

    private async Task ShowAsync(AboutForm form, CancellationToken cancel) => About = form with { Places = await folders.ReadAsync(null, cancel) };
}
