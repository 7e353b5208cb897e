using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Workato.Connections.Connectors;
using Workato.Connections.Web.Hosting;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.OAuth;

/// <summary>
/// Sends a person to an app from a form. A page with script keeps the form and opens a window for the trip; without
/// script, or where windows are blocked, the whole page goes.
/// </summary>
internal sealed class Departure(ServerSettings settings)
{
    /// <summary>What a script says about its window in the form's field <c>window</c>.</summary>
    public const string Popup = "popup";

    /// <summary>Whether the posted way to sign in needs the trip.</summary>
    public static bool IsNeeded(Connector connector, IReadOnlyDictionary<string, string?> input) =>
        connector.FindWay(connector.ChooseBy is { } chooser ? input.GetValueOrDefault(chooser) : null)
            ?.For(input.Where(i => !string.IsNullOrWhiteSpace(i.Value)).ToDictionary(i => i.Key, i => i.Value!)) is { Placement.NeedsConsent: true };

    /// <summary>Where the person is to come back to.</summary>
    public ReturnTo ReturnTo(HttpContext context) =>
        new(settings.CallbackUrl, BrowserBinding.Of(context, settings), Page: context.Request.Form["window"] != Popup) { For = RecipeReturn.From(context.Request)?.Place };

    /// <summary>The way there: a page that goes on by itself without script; with script null, and the page tells it where to go.</summary>
    public static IActionResult? Go(PageModel page, Connector app, BegunAuthorization begun) =>
        page.Request.Form["window"].Count == 0 ? Leave(page, app, begun) : null;

    /// <summary>Has the browser go on from the page it is answered with, which no policy about where forms lead holds for.</summary>
    public static void GoOn(HttpResponse response, string address)
    {
        response.Headers["Refresh"] = $"0;url={address}";
        response.Headers.CacheControl = "no-cache, no-store";
    }

    /// <summary>
    /// A page that goes on to the app by itself. Not a redirect: what a form leads to is limited to this server by the
    /// content security policy, and browsers hold redirects against it too. The page is a new beginning.
    /// </summary>
    public static IActionResult Leave(PageModel page, Connector app, BegunAuthorization begun)
    {
        GoOn(page.Response, begun.Address);
        return new ViewResult { ViewName = "/Pages/OAuth/_Going.cshtml", ViewData = new ViewDataDictionary<Going>(page.ViewData, new Going(app.Title, begun.Address)) };
    }
}

/// <summary>What the page says while it goes on to the app.</summary>
/// <param name="App">The app's title.</param>
/// <param name="Address">Where the way goes.</param>
internal sealed record Going(string App, string Address);
