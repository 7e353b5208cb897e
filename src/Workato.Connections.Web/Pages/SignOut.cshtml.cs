using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hosting;
using Workato.Connections.Web.Pages.OAuth;
using Workato.Connections.Web.SignIn;

namespace Workato.Connections.Web.Pages;

/// <summary>Ends the session in this browser, and at the provider.</summary>
[Needs]
internal sealed class SignOutModel(SigningOut signingOut, ServerSettings settings) : PageModel
{
    /// <summary>Where one is signed out at the provider.</summary>
    public string? Onward { get; private set; }

    public string? Provider => settings.SignIn?.Host;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Onward = await signingOut.EndAsync(HttpContext, cancel);
        if (Onward is null) return settings.SignIn is null ? RedirectToPage("/SignIn/Index") : RedirectToPage("/SignedOut");

        // Not a redirect: browsers hold the content security policy's form-action against where a form leads to in the end. A page is a new beginning.
        Departure.GoOn(Response, Onward);
        Response.Headers["Referrer-Policy"] = "no-referrer";
        // The frame of the page is that of somebody who is signed out.
        HttpContext.User = new ClaimsPrincipal(new ClaimsIdentity());
        return Page();
    }
}
