using Microsoft.AspNetCore.Diagnostics;
using NetEscapades.AspNetCore.SecurityHeaders.Infrastructure;
using Workato.Connections.Web.Api.Calling;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Hardening;

/// <summary>What browsers are told to refuse. Pages, the API's answers and what an app answered through it differ.</summary>
internal static class SecurityHeaders
{
    private static readonly HeaderPolicyCollection Untouched = [];

    public static void AddSecurityHeaders(this WebApplicationBuilder builder, ServerSettings settings)
    {
        var pages = Pages(settings);
        // The window that comes back from an app must stay the one that was opened, by name and handle: it closes itself. Apps'
        // pages have no such policy, and from one policy to another browsers begin a window anew.
        var callback = pages.Copy().AddCrossOriginOpenerPolicy(o => o.UnsafeNone());
        var api = Api(settings);
        builder.Services.AddSecurityHeaderPolicies().SetDefaultPolicy(pages).SetPolicySelector(choice => Choose(choice.HttpContext));

        // Asked when the answer begins, so whether it is the app's is known.
        IReadOnlyHeaderPolicyCollection Choose(HttpContext context)
        {
            // Where something broke, the request has become one for the error page.
            PathString path = context.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? context.Request.Path;
            if (path.StartsWithSegments("/api") || path.StartsWithSegments("/openapi")) return context.Response.Headers.ContainsKey(CallTransformer.AnsweredBy) ? Untouched : api;
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

    private static HeaderPolicyCollection Api(ServerSettings settings) => Common(settings)
        .AddCustomHeader("Cache-Control", "no-store")
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().None();
            csp.AddFrameAncestors().None();
        });

    private static HeaderPolicyCollection Common(ServerSettings settings)
    {
        // No referrer at all: addresses of pages hold one-time tokens, codes and names.
        var common = new HeaderPolicyCollection().AddContentTypeOptionsNoSniff().AddFrameOptionsDeny().AddReferrerPolicyNoReferrer().AddCrossOriginResourcePolicy(o => o.SameOrigin());
        return settings.IsHttpsDemanded && !settings.PublicUrl.IsLoopback ? common.AddStrictTransportSecurityMaxAge((int)TimeSpan.FromDays(365).TotalSeconds) : common;
    }
}
