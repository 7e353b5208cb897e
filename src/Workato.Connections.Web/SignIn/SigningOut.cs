using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.SignIn;

/// <summary>Ends a session, here and at the provider (OpenID Connect RP-Initiated Logout 1.0).</summary>
internal sealed partial class SigningOut(ServerSettings settings, IOptionsMonitor<OpenIdConnectOptions> options, EndedSessions ended, ILogger<SigningOut> log)
{
    /// <summary>Ends the session of this browser, on every node; where it is to go to be signed out at the provider as well, or null.</summary>
    public async Task<string?> EndAsync(HttpContext context, CancellationToken cancel)
    {
        var idToken = await context.GetTokenAsync(CookieAuthenticationDefaults.AuthenticationScheme, SigningIn.IdToken);
        // First ended, then forgotten by the browser: where that fails, nobody believes to be signed out. And not given up
        // when the window is closed meanwhile.
        if (context.User.Identity is Caller caller) await ended.EndAsync(caller.Who, caller.Session, CancellationToken.None);
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
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
