using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Workato.Connections.Connectors;
using Workato.Connections.Web.Api.Authorizing;
using Workato.Connections.Web.Hardening;

namespace Workato.Connections.Web.Pages.RuntimeUsers;

/// <summary>What an end user connected, for that user: by a link, without an account here.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.OAuth)]
internal sealed class MyConnectionsModel(RuntimeUserPages pages, ConnectorCatalog catalog) : PageModel
{
    /// <summary>Where the links lead.</summary>
    public const string Path = "/my-connections/";

    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    /// <summary>Whose page it is; null where the link does not work.</summary>
    public string? EndUser { get; private set; }

    public IReadOnlyList<Connection> Connections { get; private set; } = [];

    public Refusal? Refusal { get; private set; }

    [TempData]
    public string? Disconnected { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        // Whoever has the address is this user: it must not travel on.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        Response.Headers.CacheControl = "no-cache, no-store";
        if ((EndUser = pages.UserOf(Token)) is null) Response.StatusCode = StatusCodes.Status404NotFound;
        else Connections = await pages.ListAsync(Token, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostDisconnectAsync(int id, CancellationToken cancel)
    {
        Refusal = (await pages.DisconnectAsync(Token, id, cancel)).Refusal;
        if (Refusal is not null) return await OnGetAsync(cancel);
        Disconnected = (await pages.ListAsync(Token, cancel)).FirstOrDefault(c => c.Id == id) is { } gone ? Title(gone) : "The app";
        return RedirectToPage(new { Token });
    }

    public async Task<IActionResult> OnPostConnectAsync(int id, CancellationToken cancel)
    {
        var link = await pages.ConnectAsync(Token, id, cancel);
        if (link.Value is { } token) return LocalRedirect(AuthorizingEndpoints.LinkPath + token);
        Refusal = link.Refusal;
        return await OnGetAsync(cancel);
    }

    public string Title(Connection connection) => catalog.TitleOf(connection.Provider);
}
