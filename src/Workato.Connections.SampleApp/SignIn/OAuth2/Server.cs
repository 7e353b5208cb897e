namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>The server's name and addresses, as this request's client knows them.</summary>
internal static class Server
{
    public const string Authorize = "/oauth2/authorize";
    public const string Token = "/oauth2/token";
    public const string Push = "/oauth2/par";
    public const string Device = "/oauth2/device";
    public const string Revoke = "/oauth2/revoke";
    public const string UserInfo = "/oauth2/userinfo";
    public const string Metadata = "/.well-known/oauth-authorization-server";
    public const string DevicePage = "/device";

    public static string Issuer(HttpContext context) => MountPoint.Absolute(context, "");

    /// <summary>Whom a JWT may be made out to (RFC 7523, 3; RFC 9126, 2 for the second).</summary>
    public static IReadOnlyCollection<string> Audiences(HttpContext context) => [Issuer(context), MountPoint.Absolute(context, Token)];
}
