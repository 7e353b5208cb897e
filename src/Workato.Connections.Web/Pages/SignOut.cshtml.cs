using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Auditing;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages;

/// <summary>Ends the session in this browser.</summary>
[Needs()]
internal sealed class SignOutModel(AuditTrail trail, WhoActs who) : PageModel
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await trail.WriteAsync(AuditEvents.SignedOut, new(AuditedTypes.Member, who.Actor.Id, who.Actor.Name), null, cancel);
        await HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return RedirectToPage("/SignIn/Index");
    }
}
