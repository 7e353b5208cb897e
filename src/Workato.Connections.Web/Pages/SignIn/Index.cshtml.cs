using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Workato.Connections.Web.Hardening;
using Workato.Connections.Web.Hosting;
using Workato.Connections.Web.SignIn;

namespace Workato.Connections.Web.Pages.SignIn;

/// <summary>Says how one signs in here, and why it did not work the last time.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class IndexModel(ServerSettings settings) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Return { get; set; }

    /// <summary>Where people sign in; null: by the owner link.</summary>
    public string? Provider => settings.SignIn?.Host;

    /// <summary>Why the last attempt failed.</summary>
    public string? Notice { get; private set; }

    /// <summary>Whether an owner link did not work.</summary>
    public bool LinkIsUsed => Provider is null && Request.Query.ContainsKey("used");

    /// <summary>Whether somebody has an owner link where there are none.</summary>
    public bool LinkIsOff => Provider is not null && Request.Query.ContainsKey("owner");

    /// <summary>Where the way to the provider begins.</summary>
    public string Start => Url.Page("/SignIn/Start", new { @return = Url.IsLocalUrl(Return) ? Return : null })!;

    public void OnGet()
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        Notice = HttpContext.RequestServices.GetService<SigningIn>()?.TakeNotice(HttpContext);
    }
}
