using System.Net;
using System.Text;

namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>Which client asks, and whether it is (RFC 6749, 2.3; RFC 7523, 2.2).</summary>
internal static class ClientAuthentication
{
    public const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public static IReadOnlyList<string> Methods { get; } = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"];

    public static (Client? Client, OAuth2Error? Problem) Check(HttpContext context, Parameters form, OAuth2State oauth, DateTimeOffset now)
    {
        var basic = AuthorizationHeader.Read(context.Request, "Basic");
        // RFC 6749, 2.3: not more than one method in a request.
        if (new[] { basic, form["client_secret"], form["client_assertion"] }.Count(proof => proof is not null) > 1)
            return (null, OAuth2Error.InvalidRequest("The client proves itself in more than one way."));

        return basic is not null ? BySecret(Decode(basic), form["client_id"])
            : form["client_assertion"] is { } assertion ? ByAssertion(context, assertion, form, oauth, now)
            : BySecret((form["client_id"], form["client_secret"]), null);
    }

    private static (Client?, OAuth2Error?) BySecret((string? Id, string? Secret) proof, string? alsoCalled)
    {
        if (Client.Find(proof.Id) is not { } client || (alsoCalled is not null && alsoCalled != client.Id))
            return (null, OAuth2Error.InvalidClient("The client is not known."));
        if (client.Secret is not { } secret)
            return proof.Secret is null or "" ? (client, null) : (null, OAuth2Error.InvalidClient("This client has no secret."));
        return proof.Secret is { } sent && RandomSecret.Same(secret, sent)
            ? (client, null)
            : (null, OAuth2Error.InvalidClient("The client's secret is missing or wrong."));
    }

    private static (Client?, OAuth2Error?) ByAssertion(HttpContext context, string assertion, Parameters form, OAuth2State oauth, DateTimeOffset now)
    {
        if (form["client_assertion_type"] != AssertionType)
            return (null, OAuth2Error.InvalidClient($"client_assertion_type must be {AssertionType}."));
        if (Jwt.Read(assertion) is not { } jwt || Client.Find(jwt.Issuer) is not { } client || jwt.Subject != client.Id
            || (form["client_id"] ?? client.Id) != client.Id)
            return (null, OAuth2Error.InvalidClient("client_assertion must be a JWT whose iss and sub are the client_id."));
        if (oauth.Keys.Find(client.Id) is not { } key)
            return (null, OAuth2Error.InvalidClient($"No public key is registered for {client.Id}."));
        return jwt.Check(key, Server.Audiences(context), oauth.SeenJwts, now) is { } problem
            ? (null, OAuth2Error.InvalidClient(problem))
            : (client, null);
    }

    // RFC 6749, 2.3.1: both halves are form-encoded before they are joined, so that either may hold a colon.
    private static (string?, string?) Decode(string encoded)
    {
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret]
                ? (WebUtility.UrlDecode(id), WebUtility.UrlDecode(secret))
                : (null, null);
    }
}
