using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Hardening;

/// <summary>What makes the web hard to misuse, beside who may do what: headers, cookies, https, limits.</summary>
internal static class HardeningSetup
{
    public static void AddHardening(this WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.AddSecurityHeaders(settings);
        builder.AddRateLimits();
        builder.Services.Configure<MvcOptions>(o => o.Filters.Add<FormSizeFilter>(FormSizeFilter.BeforeAntiforgery));
    }

    /// <summary>Behind routing, because limits belong to pages, and before anybody is asked who they are.</summary>
    public static void UseHardening(this WebApplication app, ServerSettings settings)
    {
        app.UseHttps(settings);
        app.UseApiHeaders(settings);
        app.UsePageHeaders();
        // The API knows no cookies, and its limit is that of tokens.
        app.UseWhen(c => !c.Request.Path.StartsWithSegments("/api"), pages =>
        {
            pages.UseCookiePolicy(new()
            {
                HttpOnly = HttpOnlyPolicy.Always,
                MinimumSameSitePolicy = SameSiteMode.Lax,
                Secure = settings.IsPublicUrlHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest,
            });
            pages.UseRateLimiter();
        });
    }

    extension(ServerSettings settings)
    {
        /// <summary>Whether people use this server by https, whatever stands between.</summary>
        public bool IsPublicUrlHttps => settings.PublicUrl.Scheme == Uri.UriSchemeHttps;

        /// <summary>
        /// The name of a cookie of ours. With https one that browsers accept only from this very host and by https, so that
        /// neither a neighbour under the same domain nor somebody on the way can plant one (RFC 6265bis section 4.1.3.2).
        /// </summary>
        public string CookieName(string name) => (settings.IsPublicUrlHttps ? "__Host-connections-" : "connections-") + name;
    }
}
