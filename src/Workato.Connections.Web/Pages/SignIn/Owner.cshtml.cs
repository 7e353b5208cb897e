using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Hardening;

namespace Workato.Connections.Web.Pages.SignIn;

/// <summary>Redeems the local owner's one-time link.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class OwnerModel(OwnerLinks links) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string? token, CancellationToken cancel)
    {
        // The token must not travel on as the referrer of the next page.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        if (string.IsNullOrEmpty(token) || !await links.RedeemAsync(token, cancel)) return RedirectToPage("/SignIn/Index", new { used = true });

        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "owner"), new(ClaimTypes.Name, "Workspace owner")], CookieAuthenticationDefaults.AuthenticationScheme);
        await HttpContext.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new(identity), new AuthenticationProperties { IsPersistent = true });
        return RedirectToPage("/Connections/Index");
    }
}
