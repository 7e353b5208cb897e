using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Connectors;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>New settings and secrets for a connection that is there: same id, same recipes.</summary>
internal sealed class ReconnectModel(ConnectionQueries connections, ConnectorCatalog catalog, ConnectionService service) : ConnectionPageModel(connections, catalog)
{
    public FieldsForm Fields { get; private set; } = null!;

    public IActionResult OnGet()
    {
        if (Connector is null) return NotFound();
        Fields = FieldsForm.Of(Connector, Connection);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Connector is null) return NotFound();
        var input = FieldsForm.Read(Request.Form, Connector);
        var changed = await service.UpdateAsync(Id, new() { Input = input, Proving = Proving.Required }, cancel);
        if (changed.Refusal is null) return RedirectToPage("/Connections/Details", new { Id, made = true });

        Refusal = changed.Refusal;
        Fields = FieldsForm.Of(Connector, Connection).Again(input, Refusal.Errors);
        return Page();
    }
}
