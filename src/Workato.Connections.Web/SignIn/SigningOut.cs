using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Workato.Connections.Auditing;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.SignIn;

/// <summary>Ends a session, here and at the provider (OpenID Connect RP-Initiated Logout 1.0).</summary>
internal sealed partial class SigningOut(ServerSettings settings, IOptionsMonitor<OpenIdConnectOptions> options, AuditTrail trail, ILogger<SigningOut> log)
{
    /// <summary>Ends the session of this browser; where it is to go to be signed out at the provider as well, or null.</summary>
    public async Task<string?> EndAsync(HttpContext context, CancellationToken cancel)
    {
        var idToken = await context.GetTokenAsync(CookieAuthenticationDefaults.AuthenticationScheme, SigningIn.IdToken);
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        if (context.User.Identity is Caller { Who: var who }) await trail.WriteAsync(AuditEvents.SignedOut, new(AuditedTypes.Member, who.Id, who.Name), null, cancel);
        return settings.SignIn is null ? null : await AddressAsync(idToken, cancel);
    }

    private async Task<string?> AddressAsync(string? idToken, CancellationToken cancel)
    {
        try
        {
            var ours = options.Get(OpenIdConnectSetup.Scheme);
            var provider = await ours.ConfigurationManager!.GetConfigurationAsync(cancel);
            if (!Uri.TryCreate(provider.EndSessionEndpoint, UriKind.Absolute, out var end) || end.Scheme is not ("https" or "http")) return null;
            return QueryHelpers.AddQueryString(end.AbsoluteUri, new Dictionary<string, string?>
            {
                ["id_token_hint"] = idToken,
                ["client_id"] = ours.ClientId,
                ["post_logout_redirect_uri"] = settings.AddressOf(OpenIdConnectSetup.SignedOutPath),
            });
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            LogUnreachable(log, settings.SignIn!.Host, e.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Somebody signed out here, and not at {Host}, which cannot be reached: {Error}.")]
    private static partial void LogUnreachable(ILogger log, string host, string error);
}
