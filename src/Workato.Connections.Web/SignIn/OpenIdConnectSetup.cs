using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.SignIn;

/// <summary>Sign-in by OpenID Connect: the code flow with PKCE, and a nonce (OpenID Connect Core section 3.1).</summary>
internal static class OpenIdConnectSetup
{
    public const string Scheme = OpenIdConnectDefaults.AuthenticationScheme;

    /// <summary>Where the provider sends people back to: what is registered there.</summary>
    public const string CallbackPath = "/sign-in/callback";

    /// <summary>Where it sends them after they signed out there.</summary>
    public const string SignedOutPath = "/signed-out";

    // A person who chooses a second factor needs minutes, not hours.
    private static readonly TimeSpan LongestTrip = TimeSpan.FromMinutes(15);

    public static void AddSignIn(this AuthenticationBuilder authentication, ServerSettings server, SignInSettings settings)
    {
        authentication.Services.AddSingleton(settings).AddSingleton<SigningIn>();
        authentication.AddOpenIdConnect(Scheme, o =>
        {
            o.Authority = settings.Authority.AbsoluteUri;
            o.RequireHttpsMetadata = settings.Authority.Scheme == Uri.UriSchemeHttps;
            (o.ClientId, o.ClientSecret) = (settings.ClientId, settings.ClientSecret?.Reveal());
            o.Scope.Clear();
            foreach (var scope in settings.Scopes) o.Scope.Add(scope);

            o.ResponseType = OpenIdConnectResponseType.Code;
            // By the address and not by a form, so that the cookies of the trip can be SameSite=Lax.
            o.ResponseMode = OpenIdConnectResponseMode.Query;
            o.UsePkce = true;
            o.PushedAuthorizationBehavior = PushedAuthorizationBehavior.UseIfAvailable;
            o.MapInboundClaims = false;
            o.GetClaimsFromUserInfoEndpoint = true;
            o.ClaimActions.MapUniqueJsonKey(SigningIn.EmailVerified, SigningIn.EmailVerified);
            if (settings.RolesClaim is { } roles) o.ClaimActions.MapJsonKey(roles, roles);
            // They reach as far as SigningIn, which keeps the ID token for signing out and drops the rest.
            o.SaveTokens = true;

            o.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            o.CallbackPath = CallbackPath;
            // Signing out is a page of ours; and nobody else's page signs people out.
            (o.SignedOutCallbackPath, o.RemoteSignOutPath) = (default, default);
            (o.RemoteAuthenticationTimeout, o.ProtocolValidator.NonceLifetime) = (LongestTrip, LongestTrip);
            foreach (var (cookie, name) in new[] { (o.CorrelationCookie, "connections-sign-in."), (o.NonceCookie, "connections-nonce.") })
            {
                (cookie.Name, cookie.SameSite) = (name, SameSiteMode.Lax);
                cookie.SecurePolicy = server.PublicUrl.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            }

            o.DisableTelemetry = true;
            o.BackchannelTimeout = TimeSpan.FromSeconds(15);
            // Redirects could lead from https to http.
            o.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) };

            o.Events.OnRedirectToIdentityProvider = context =>
            {
                context.ProtocolMessage.RedirectUri = server.AddressOf(CallbackPath);
                return Task.CompletedTask;
            };
            // The handler takes ID tokens without a signature where they came by TLS (OpenID Connect Core section 3.1.3.7). We do not.
            o.Events.OnTokenValidated = context =>
                string.IsNullOrEmpty(context.SecurityToken.RawSignature) ? throw new SecurityTokenInvalidSignatureException("The ID token has no signature.") : Task.CompletedTask;
            o.Events.OnTicketReceived = context => context.HttpContext.RequestServices.GetRequiredService<SigningIn>().ComeAsync(context);
            o.Events.OnRemoteFailure = context => context.HttpContext.RequestServices.GetRequiredService<SigningIn>().FailAsync(context);
        });
    }
}
