using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hardening;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.SignIn;

/// <summary>Who is asking: people by cookie, API clients by bearer token. People get the cookie by OpenID Connect, or by the owner link where that is not set up.</summary>
internal static class SignInSetup
{
    public static void AddServerAuthentication(this WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.Services.AddSingleton<ApiTokens>();
        // The token's scheme comes first and hands people's requests on: a scheme in front of both would cost every call a handler more.
        var authentication = builder.Services.AddAuthentication(ApiTokenHandler.Scheme)
            .AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(ApiTokenHandler.Scheme, o => o.ForwardDefaultSelector = ChooseScheme)
            .AddCookie(o =>
            {
                o.LoginPath = "/sign-in";
                o.ReturnUrlParameter = "return";
                o.Cookie.Name = settings.CookieName("session");
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.SecurePolicy = settings.PublicUrl.Scheme == "https" ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
                o.ExpireTimeSpan = EndedSessions.CookieLifetime;
                o.Events.OnValidatePrincipal = Sessions.ValidateAsync;
                o.Events.OnCheckSlidingExpiration = Sessions.CheckSlidingAsync;
                o.SlidingExpiration = true;
            });

        // Nobody comes to anything that does not say what it takes.
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(SaysWhatItTakes).Build());
        builder.Services.AddSingleton<IAuthorizationHandler, NeedsHandler>().AddSingleton<Whereabouts>().AddSingleton<IAuthorizationMiddlewareResultHandler, Refusals>();
        builder.Services.AddSingleton<Sessions>().AddScoped<SigningOut>();
        if (settings.SignIn is { } signIn) authentication.AddSignIn(settings, signIn);
        else builder.Services.AddHostedService<OwnerLinkPrinter>();
    }

    // What is no route of ours is routing's own answer: no such page, method or media type.
    private static bool SaysWhatItTakes(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && (http.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<NeedsAttribute>() is not null);

    // A cookie never opens the API: a page elsewhere could send it along without the person's will. A token opens no page.
    private static string ChooseScheme(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") || (context.Request.Path.StartsWithSegments("/openapi") && context.Request.Headers.ContainsKey("Authorization"))
            ? ApiTokenHandler.Scheme
            : CookieAuthenticationDefaults.AuthenticationScheme;
}
