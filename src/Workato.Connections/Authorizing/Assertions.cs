using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Secrets;

namespace Workato.Connections.Authorizing;

/// <summary>Signed assertions: on whose behalf (RFC 7523 section 2.1), and who the client is (section 2.2). RS256.</summary>
internal static class Assertions
{
    // Long enough for clocks that differ, short enough to be worth nothing when overheard. Salesforce takes three minutes at the most.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>The assertion that is exchanged for a token; null where the private key cannot be read.</summary>
    public static string? OfUser(AssertionTerms terms, FieldValues values, string tokenUrl, string scopes, DateTimeOffset now)
    {
        var claims = new Dictionary<string, object>();
        if (Filled(terms.Subject, values) is { } subject) claims["sub"] = subject;
        if (terms.ScopeInClaim && scopes.Length > 0) claims["scope"] = scopes;
        return Sign(terms.PrivateKey.Fill(values.Reveal), Filled(terms.KeyId, values), terms.Issuer.Fill(values.Reveal), Filled(terms.Audience, values) ?? tokenUrl, claims, now);
    }

    /// <summary>The assertion by which a client says who it is; null where its private key cannot be read.</summary>
    public static string? OfClient(OAuthClient client, string tokenUrl, DateTimeOffset now) => Sign(
        client.Secret?.Reveal() ?? "", null, client.Id, tokenUrl, new() { ["sub"] = client.Id, ["jti"] = Guid.NewGuid().ToString("N") }, now);

    private static string? Sign(string pem, string? keyId, string issuer, string audience, Dictionary<string, object> claims, DateTimeOffset now)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(PemText.Whole(pem));
            var key = new RsaSecurityKey(rsa) { KeyId = keyId, CryptoProviderFactory = new() { CacheSignatureProviders = false } };
            return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = issuer,
                Audience = audience,
                Claims = claims,
                IssuedAt = now.UtcDateTime,
                Expires = (now + Lifetime).UtcDateTime,
                SigningCredentials = new(key, SecurityAlgorithms.RsaSha256),
            });
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Filled(Template? template, FieldValues values) => template?.Fill(values.Reveal) is { Length: > 0 } text ? text : null;
}
