using Microsoft.AspNetCore.Diagnostics;
using NetEscapades.AspNetCore.SecurityHeaders.Infrastructure;
using Workato.Connections.Web.Api;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Hardening;

/// <summary>What browsers are told to refuse. The API has <see cref="ApiHeaders"/> of its own.</summary>
internal static class SecurityHeaders
{
    private const int HstsSeconds = 365 * 24 * 60 * 60;

    private static readonly HeaderPolicyCollection Untouched = [];

    /// <summary>A year of https, RFC 6797.</summary>
    public static readonly string Hsts = $"max-age={HstsSeconds}";

    extension(ServerSettings settings)
    {
        /// <summary>Whether browsers are told to come by https from now on.</summary>
        public bool IsHstsDue => settings.IsHttpsDemanded && !settings.PublicUrl.IsLoopback;
    }

    /// <summary>On pages, and where something broke also on the way to the error page.</summary>
    public static void UsePageHeaders(this WebApplication app) => app.UseWhen(c => !ApiSetup.IsApi(c.Request.Path), pages => pages.UseSecurityHeaders());

    public static void AddSecurityHeaders(this WebApplicationBuilder builder, ServerSettings settings)
    {
        var pages = Pages(settings);
        // The window that comes back from an app must stay the one that was opened, by name and handle: it closes itself. Apps'
        // pages have no such policy, and from one policy to another browsers begin a window anew.
        var callback = pages.Copy().AddCrossOriginOpenerPolicy(o => o.UnsafeNone());
        builder.Services.AddSecurityHeaderPolicies().SetDefaultPolicy(pages).SetPolicySelector(choice => Choose(choice.HttpContext));

        IReadOnlyHeaderPolicyCollection Choose(HttpContext context)
        {
            // Where something broke, the request has become one for the error page.
            PathString path = context.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? context.Request.Path;
            if (ApiSetup.IsApi(path)) return Untouched;
            if (path == ServerSettings.CallbackPath) return callback;
            // Somebody else's app, that happens to be here during development.
            return settings.IsDevelopment && path.StartsWithSegments(SampleAppSetup.Path) ? Untouched : pages;
        }
    }

    private static HeaderPolicyCollection Pages(ServerSettings settings) => Common(settings)
        .AddCrossOriginOpenerPolicy(o => o.SameOriginAllowPopups())
        .AddPermissionsPolicyWithDefaultSecureDirectives()
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().None();
            csp.AddScriptSrc().Self();
            csp.AddStyleSrc().Self();
            csp.AddImgSrc().Self().Data();
            csp.AddConnectSrc().Self();
            csp.AddFormAction().Self();
            csp.AddFrameAncestors().None();
            csp.AddBaseUri().None();
            csp.AddObjectSrc().None();
        });

    private static HeaderPolicyCollection Common(ServerSettings settings)
    {
        // No referrer at all: addresses of pages hold one-time tokens, codes and names.
        var common = new HeaderPolicyCollection().AddContentTypeOptionsNoSniff().AddFrameOptionsDeny().AddReferrerPolicyNoReferrer().AddCrossOriginResourcePolicy(o => o.SameOrigin());
        return settings.IsHstsDue ? common.AddStrictTransportSecurityMaxAge(HstsSeconds) : common;
    }
}
