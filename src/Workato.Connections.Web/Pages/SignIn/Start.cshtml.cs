using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Workato.Connections.Web.Hardening;
using Workato.Connections.Web.SignIn;

namespace Workato.Connections.Web.Pages.SignIn;

/// <summary>The way to the provider. Reached by a link: what a form leads to stays on this server.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class StartModel : PageModel
{
    public async Task<IActionResult> OnGetAsync(string? @return)
    {
        if (HttpContext.RequestServices.GetService<SigningIn>() is not { } signingIn) return RedirectToPage("/SignIn/Index");
        var comeBackTo = Url.IsLocalUrl(@return) ? @return : "/";
        try
        {
            await HttpContext.ChallengeAsync(OpenIdConnectSetup.Scheme, new() { RedirectUri = comeBackTo });
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException or OperationCanceledException or OpenIdConnectProtocolException)
        {
            // The provider is asked for its addresses here, and handed the request where it takes that beforehand (RFC 9126).
            signingIn.Refuse(HttpContext, e, comeBackTo);
        }

        return new EmptyResult();
    }
}
