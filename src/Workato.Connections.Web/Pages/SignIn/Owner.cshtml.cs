using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hardening;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Pages.SignIn;

/// <summary>Redeems the local owner's one-time link.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class OwnerModel(OwnerLinks links, ServerSettings settings, AuditTrail trail, AuditTally tally, WhoActs who) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string? token, CancellationToken cancel)
    {
        // The token must not travel on as the referrer of the next page.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        if (settings.SignIn is not null) return RedirectToPage("/SignIn/Index", new { owner = true });
        if (string.IsNullOrEmpty(token) || !await links.RedeemAsync(token, cancel))
        {
            // Summed: whoever tries many of them must not fill the log.
            tally.Count(who.Actor, AuditEvents.SignInRefused, new(AuditedTypes.Address, null, "/sign-in/owner"), "The link does not work any more, or never did.");
            return RedirectToPage("/SignIn/Index", new { used = true });
        }

        var owner = await links.SignInAsync(cancel);
        who.Actor = who.Actor with { Kind = ActorKind.Member, Id = owner.Id, Name = owner.Name, Email = owner.Email };
        // First written down, then let in.
        await trail.WriteAsync(AuditEvents.SignedIn, new(AuditedTypes.Member, owner.Id, owner.Name), "By the owner's one-time link.", cancel);
        await Sessions.BeginAsync(HttpContext, owner);
        return RedirectToPage("/Connections/Index");
    }
}
