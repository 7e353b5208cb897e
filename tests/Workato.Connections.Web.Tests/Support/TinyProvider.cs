using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>An OpenID provider that can be told to misbehave, which real ones cannot. It has no pages: a test says who signs in.</summary>
public sealed class TinyProvider : IAsyncDisposable
{
    public const string ClientId = "connections";
    public const string ClientSecret = "marked-client-secret-of-the-provider";

    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "one" };
    private readonly ConcurrentDictionary<string, string> idTokens = new();
    private TinyApp app = null!;

    public string Url => app.Url;

    /// <summary>Whether the client is not accepted any more.</summary>
    public bool RefusesClient { get; set; }

    public static async Task<TinyProvider> StartAsync()
    {
        var provider = new TinyProvider();
        provider.app = await TinyApp.StartAsync(provider.AnswerAsync);
        return provider;
    }

    /// <summary>A code for somebody with these claims; <paramref name="forge"/> changes the ID token before it is signed.</summary>
    public string Give(string nonce, Dictionary<string, object> claims, Action<SecurityTokenDescriptor>? forge = null)
    {
        var token = new SecurityTokenDescriptor
        {
            Issuer = Url,
            Audience = ClientId,
            IssuedAt = DateTime.UtcNow,
            Expires = DateTime.UtcNow.AddMinutes(5),
            SigningCredentials = new(key, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object>(claims) { ["nonce"] = nonce },
        };
        forge?.Invoke(token);
        var code = $"marked-code-{Guid.NewGuid():N}";
        idTokens[code] = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Rsa.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        switch (http.Request.Path.Value)
        {
            case "/.well-known/openid-configuration":
                await http.Response.WriteAsJsonAsync(new { issuer = Url, authorization_endpoint = $"{Url}/authorize", token_endpoint = $"{Url}/token", jwks_uri = $"{Url}/keys" });
                break;
            case "/keys":
                var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new(key.Rsa.ExportParameters(false)) { KeyId = key.KeyId });
                await http.Response.WriteAsJsonAsync(new { keys = new[] { new { kty = jwk.Kty, kid = jwk.Kid, n = jwk.N, e = jwk.E, use = "sig" } } });
                break;
            case "/token":
                var form = await http.Request.ReadFormAsync();
                var refused = RefusesClient || form["client_secret"] != ClientSecret ? "invalid_client" : null;
                if (refused is null && idTokens.TryRemove(form["code"].ToString(), out var idToken))
                {
                    await http.Response.WriteAsJsonAsync(new { access_token = "marked-access-token", token_type = "Bearer", id_token = idToken });
                    break;
                }

                http.Response.StatusCode = 400;
                await http.Response.WriteAsJsonAsync(new { error = refused ?? "invalid_grant", error_description = "marked-description" });
                break;
            default:
                http.Response.StatusCode = 404;
                break;
        }
    }
}
