using Workato.Connections.Authorizing;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Pages.OAuth;

/// <summary>A secret of this browser, so that an answer counts only where the question was asked (RFC 6749 section 10.12).</summary>
internal static class BrowserBinding
{
    private const string Cookie = "connections-authorizing";

    /// <summary>The browser's secret; a new one where it has none.</summary>
    public static string Of(HttpContext context, ServerSettings settings)
    {
        // The same for all windows of this browser: two trips may be under way at once.
        var secret = Read(context) ?? AuthorizationAttempts.NewSecret();
        context.Response.Cookies.Append(Cookie, secret, new()
        {
            HttpOnly = true,
            Secure = settings.PublicUrl.Scheme == Uri.UriSchemeHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = TimeSpan.FromHours(1),
            IsEssential = true,
        });
        return secret;
    }

    /// <summary>The browser's secret, or null.</summary>
    public static string? Read(HttpContext context) => context.Request.Cookies[Cookie] is { Length: > 20 and < 100 } secret ? secret : null;
}
