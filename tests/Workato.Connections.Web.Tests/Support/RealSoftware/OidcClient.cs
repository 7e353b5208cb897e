using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Workato.Connections.Web.Tests.Support.RealSoftware;

/// <summary>A client the provider knows.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Secret">Its secret, or its private key in PEM form.</param>
/// <param name="Authentication">How it says who it is, as the registry of RFC 7591 names it.</param>
internal sealed record OidcClient(string Id, string Secret, string Authentication)
{
    /// <summary>What must be encoded before it stands in a header (RFC 6749 section 2.3.1), a colon and a space even.</summary>
    public static OidcClient Basic() => new("desk:basic", $"half a % & a +/=:{Guid.NewGuid():N}", "client_secret_basic");

    public static OidcClient Post() => new("desk-post", $"half a % & a +/=:{Guid.NewGuid():N}", "client_secret_post");

    public static OidcClient Key()
    {
        using var rsa = RSA.Create(2048);
        return new("desk-key", rsa.ExportPkcs8PrivateKeyPem(), "private_key_jwt");
    }

    /// <summary>One that must leave its requests with the provider first (RFC 9126).</summary>
    public static OidcClient Pushing() => new("desk-pushing", Guid.NewGuid().ToString("N"), "client_secret_basic") { MustPush = true };

    public bool MustPush { get; private init; }

    /// <summary>Where people are sent to after they signed out at the provider.</summary>
    public string? SignedOut { get; init; }

    /// <summary>As it is registered (RFC 7591 section 2).</summary>
    public JsonObject Registration(string callback)
    {
        var json = new JsonObject
        {
            ["client_id"] = Id,
            ["redirect_uris"] = new JsonArray(callback),
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code"),
            ["token_endpoint_auth_method"] = Authentication,
            ["require_pushed_authorization_requests"] = MustPush,
        };
        if (SignedOut is not null) json["post_logout_redirect_uris"] = new JsonArray(SignedOut);
        if (Authentication != "private_key_jwt")
        {
            json["client_secret"] = Secret;
            return json;
        }

        using var rsa = RSA.Create();
        rsa.ImportFromPem(Secret);
        json["jwks"] = new JsonObject { ["keys"] = new JsonArray(OidcKeys.Jwk(rsa.ExportParameters(false))) };
        return json;
    }
}

/// <summary>RSA keys as JSON (RFC 7517).</summary>
internal static class OidcKeys
{
    public static JsonObject NewJwk()
    {
        using var rsa = RSA.Create(2048);
        return Jwk(rsa.ExportParameters(true));
    }

    public static JsonObject Jwk(RSAParameters key)
    {
        var json = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256" };
        foreach (var (name, value) in new[] { ("n", key.Modulus), ("e", key.Exponent), ("d", key.D), ("p", key.P), ("q", key.Q), ("dp", key.DP), ("dq", key.DQ), ("qi", key.InverseQ) })
        {
            if (value is not null) json[name] = System.Buffers.Text.Base64Url.EncodeToString(value);
        }

        return json;
    }
}
