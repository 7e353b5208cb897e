using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hardening;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Pages.SignIn;

/// <summary>Redeems the local owner's one-time link.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class OwnerModel(OwnerLinks links, ServerSettings settings) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string? token, CancellationToken cancel)
    {
        // The token must not travel on as the referrer of the next page.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        if (settings.SignIn is not null) return RedirectToPage("/SignIn/Index", new { owner = true });
        if (string.IsNullOrEmpty(token) || !await links.RedeemAsync(token, cancel)) return RedirectToPage("/SignIn/Index", new { used = true });

        await Sessions.BeginAsync(HttpContext, await links.OwnerAsync(cancel));
        return RedirectToPage("/Connections/Index");
    }
}
