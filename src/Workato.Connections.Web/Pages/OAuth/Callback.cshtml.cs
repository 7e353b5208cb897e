using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using Workato.Connections.Connectors;
using Workato.Connections.Web.Hardening;
using Workato.Connections.Web.Hosting;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.OAuth;

/// <summary>Where apps send people back to: the one callback of all. Who is signed in here or not does not matter; the browser does.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.OAuth)]
internal sealed class CallbackModel(ConnectionAuthorization authorization, ConnectorCatalog catalog, ServerSettings settings) : PageModel
{
    public EndedAuthorization Ended { get; private set; } = null!;

    public bool IsSignedIn => User.Identity?.IsAuthenticated == true;

    public string Title => Ended.Attempt is { } attempt ? catalog.TitleOf(attempt.Provider) : "the app";

    /// <summary>Where the end user's browser goes on to; null: it stays here.</summary>
    public string? Onward { get; private set; }

    public string Problem => Ended.Refusal is { } refusal
        ? refusal.Errors.Count == 0 ? refusal.Message : string.Join(" ", refusal.Errors.SelectMany(e => e.Value))
        : "";

    public string Again => Ended.Attempt switch
    {
        { ConnectionId: { } id } => $"/connections/{id}/reconnect",
        { Provider: var provider } => $"/connections/new/{provider}",
        _ => "/connections",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        // Code and state stand in the address: they must not travel on as a referrer, nor lie in a cache.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        Response.Headers.CacheControl = "no-cache, no-store";
        var sent = Request.Query.Where(q => q.Value.Count == 1).ToDictionary(q => q.Key, q => q.Value.ToString());
        Ended = await authorization.CompleteAsync(sent, BrowserBinding.Read(HttpContext, settings), cancel);
        if (Ended is { Connection: not null, ReturnsToPage: true, For: { } place } && IsSignedIn) return Redirect(new RecipeReturn(place.RecipeId, place.Step, null).Editor);
        if (Ended is { Connection: { } connection, ReturnsToPage: true } && IsSignedIn) return RedirectToPage("/Connections/Details", new { connection.Id, made = true });
        // Where whoever asked for a user's own connection wants its user back. A form led away from here, and browsers hold
        // redirects against the policy about where forms lead: the page goes on by itself.
        if (Ended.Connection is { IsRuntimeUser: true, RedirectUrl: { } onward } own) Departure.GoOn(Response, Onward = QueryHelpers.AddQueryString(onward, "connection_id", own.Id.ToString(CultureInfo.InvariantCulture)));
        if (Ended.Refusal is not null) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
