using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Workato.Connections.Connectors;
using Workato.Connections.Web.Hardening;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Pages.OAuth;

/// <summary>
/// Connects one connection for somebody without an account here. The page asks first: mail scanners and chats open links
/// to look at them, and would use this one up.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.OAuth)]
internal sealed class LinkModel(ConnectionAuthorization authorization, ConnectorCatalog catalog, ServerSettings settings) : PageModel
{
    public Connector? Connector { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The end user whose own connection it is; null where it is nobody's.</summary>
    public string? EndUser { get; private set; }

    public Refusal? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? token, CancellationToken cancel)
    {
        Response.Headers["Referrer-Policy"] = "no-referrer";
        Response.Headers.CacheControl = "no-cache, no-store";
        if (await authorization.FindLinkAsync(token ?? "", cancel) is { } connection) (Connector, Name, EndUser) = (catalog.Find(connection.Provider), connection.Name, connection.User);
        if (Connector is null) Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? token, CancellationToken cancel)
    {
        // Whatever is wrong with a link is answered like any other; whose it is must be read before it is used up.
        var page = await OnGetAsync(token, cancel);
        if (Connector is not { } app) return page;
        var begun = await authorization.BeginByLinkAsync(token ?? "", new(settings.CallbackUrl, BrowserBinding.Of(HttpContext, settings), Page: false), cancel);
        if (begun.Value is { } trip) return Departure.Leave(this, app, trip);
        (Connector, Refusal) = (null, begun.Refusal);
        return await OnGetAsync(token, cancel);
    }
}
