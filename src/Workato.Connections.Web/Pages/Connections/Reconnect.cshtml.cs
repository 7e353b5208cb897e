using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Pages.OAuth;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>New settings and secrets for a connection that is there: same id, same recipes.</summary>
[Needs(Privilege.AuthorizeConnections, Of = Of.Connection)]
internal sealed class ReconnectModel(
    ConnectionQueries connections, ConnectorCatalog catalog, ConnectionService service, ConnectionAuthorization authorization, ConnectForms forms, Departure departure)
    : ConnectionPageModel(connections, catalog)
{
    public ReconnectForm Form { get; private set; } = null!;

    /// <summary>The recipe's step somebody came from; null: none.</summary>
    public RecipeReturn? For => RecipeReturn.From(Request);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (Connector is null) return NotFound();
        Form = await FormAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Connector is null) return NotFound();
        var input = FieldsForm.Read(Request.Form, Connector);
        if (Departure.IsNeeded(Connector, input)) return await DepartAsync(input, cancel);
        var changed = await service.UpdateAsync(Id, new() { Input = input, Proving = Proving.Required }, cancel);
        if (changed.Refusal is null && For is { } place) return Redirect(place.Editor);
        if (changed.Refusal is null) return RedirectToPage("/Connections/Details", new { Id, made = true });
        return await AgainAsync(input, changed.Refusal, null, cancel);
    }

    private async Task<IActionResult> DepartAsync(Dictionary<string, string?> input, CancellationToken cancel)
    {
        var begun = await authorization.BeginAsync(Id, input, departure.ReturnTo(HttpContext), cancel);
        if (begun.Value is null) return await AgainAsync(input, begun.Refusal, null, cancel);
        return Departure.Go(this, Connector!, begun.Value) ?? await AgainAsync(input, null, begun.Value, cancel);
    }

    private async Task<IActionResult> AgainAsync(Dictionary<string, string?> input, Refusal? refusal, BegunAuthorization? begun, CancellationToken cancel)
    {
        var form = await FormAsync(cancel);
        Form = form with { Refusal = refusal, Fields = form.Fields.Again(input, refusal?.Errors ?? new Dictionary<string, string[]>()) with { Begun = begun } };
        return Page();
    }

    private Task<ReconnectForm> FormAsync(CancellationToken cancel) => forms.AgainAsync(Connector!, Connection, For, cancel);
}
