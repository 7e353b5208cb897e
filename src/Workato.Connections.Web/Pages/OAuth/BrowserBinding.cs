using Workato.Connections.Authorizing;
using Workato.Connections.Web.Hardening;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Pages.OAuth;

/// <summary>A secret of this browser, so that an answer counts only where the question was asked (RFC 6749 section 10.12).</summary>
internal static class BrowserBinding
{
    /// <summary>The browser's secret; a new one where it has none.</summary>
    public static string Of(HttpContext context, ServerSettings settings)
    {
        // The same for all windows of this browser: two trips may be under way at once.
        var secret = Read(context, settings) ?? AuthorizationAttempts.NewSecret();
        context.Response.Cookies.Append(Cookie(settings), secret, new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = TimeSpan.FromHours(1),
            IsEssential = true,
        });
        return secret;
    }

    /// <summary>The browser's secret, or null.</summary>
    public static string? Read(HttpContext context, ServerSettings settings) => context.Request.Cookies[Cookie(settings)] is { Length: > 20 and < 100 } secret ? secret : null;

    private static string Cookie(ServerSettings settings) => settings.CookieName("authorizing");
}
