using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Workato.Connections.Authorizing;
using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Tests.Authorizing.Support;

namespace Workato.Connections.Tests.Authorizing;

/// <summary>How a client says who it is at the token endpoint.</summary>
public sealed class ClientAuthenticationTests : IAsyncLifetime
{
    private static readonly RSA Key = RSA.Create(2048);

    private TokenEndpoint endpoint = null!;

    public async ValueTask InitializeAsync() => endpoint = await TokenEndpoint.StartAsync();

    public ValueTask DisposeAsync() => endpoint.DisposeAsync();

    [Fact]
    public async Task In_the_body_stand_id_and_secret()
    {
        await AskAsync(ClientAuthentication.Body);

        (endpoint.Form["client_id"], endpoint.Form["client_secret"], endpoint.Authorization).ShouldBe(("client-1", "hush-hush", null));
    }

    [Fact]
    public async Task A_public_client_says_its_id_alone()
    {
        await AskAsync(ClientAuthentication.None);

        (endpoint.Form["client_id"], endpoint.Form.ContainsKey("client_secret"), endpoint.Authorization).ShouldBe(("client-1", false, null));
    }

    [Fact]
    public async Task In_the_header_stand_id_and_secret_and_in_the_body_neither()
    {
        await AskAsync(ClientAuthentication.Basic);

        endpoint.Authorization.ShouldBe("Basic " + Convert.ToBase64String("client-1:hush-hush"u8));
        endpoint.Form.Keys.ShouldBe(["grant_type", "code", "redirect_uri"], ignoreOrder: true);
    }

    [Theory]
    // RFC 6749 section 2.3.1 and appendix B: encoded as a form before they are joined.
    [InlineData("id:with colon", "50% & more+", "id%3Awith+colon:50%25+%26+more%2B")]
    [InlineData("grüße", "€", "gr%C3%BC%C3%9Fe:%E2%82%AC")]
    [InlineData("plain-._", "~", "plain-._:~")]
    public async Task In_the_header_they_are_encoded_as_a_form_first(string id, string secret, string joined)
    {
        await endpoint.RedeemAsync(endpoint.Credentials(t => t with { ClientAuthentication = ClientAuthentication.Basic }, clientId: id, clientSecret: secret));

        var sent = Encoding.UTF8.GetString(Convert.FromBase64String(endpoint.Authorization!["Basic ".Length..]));
        // A tilde may be written either way: what decodes to the same is the same.
        sent.Split(':').Select(FormDecoded).ShouldBe(joined.Split(':').Select(FormDecoded));
        sent.Count(c => c == ':').ShouldBe(1);
    }

    [Fact]
    public async Task A_client_without_a_secret_sends_an_empty_one_in_the_header()
    {
        await endpoint.RedeemAsync(endpoint.Credentials(t => t with { ClientAuthentication = ClientAuthentication.Basic }, clientSecret: null));

        endpoint.Authorization.ShouldBe("Basic " + Convert.ToBase64String("client-1:"u8));
    }

    [Fact]
    public async Task A_private_key_signs_who_the_client_is()
    {
        await AskAsync(ClientAuthentication.PrivateKeyJwt, Key.ExportPkcs8PrivateKeyPem());

        endpoint.Form["client_assertion_type"].ShouldBe("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        var claims = (await SignedAsync(endpoint.Form["client_assertion"])).Claims;
        (claims["iss"], claims["sub"], claims["aud"]).ShouldBe(("client-1", "client-1", endpoint.Url + "/token"));
        ((long)claims["exp"] - endpoint.Time.GetUtcNow().ToUnixTimeSeconds()).ShouldBeInRange(60, 300);
        claims["iat"].ShouldBe(endpoint.Time.GetUtcNow().ToUnixTimeSeconds());
    }

    [Fact]
    public async Task The_private_key_itself_stays_here()
    {
        await AskAsync(ClientAuthentication.PrivateKeyJwt, Key.ExportPkcs8PrivateKeyPem());

        endpoint.Form.Keys.ShouldNotContain("client_secret");
        endpoint.Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task Each_assertion_has_an_id_of_its_own()
    {
        var ids = new HashSet<object>();
        for (var i = 0; i < 3; i++)
        {
            await AskAsync(ClientAuthentication.PrivateKeyJwt, Key.ExportPkcs8PrivateKeyPem());
            ids.Add((await SignedAsync(endpoint.Form["client_assertion"])).Claims["jti"]);
        }

        ids.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_key_pasted_out_of_a_JSON_file_is_read()
    {
        await AskAsync(ClientAuthentication.PrivateKeyJwt, "  " + Key.ExportPkcs8PrivateKeyPem().Replace("\n", "\\n", StringComparison.Ordinal));

        (await SignedAsync(endpoint.Form["client_assertion"])).IsValid.ShouldBeTrue();
    }

    [Theory]
    [InlineData("not a key")]
    [InlineData("")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public async Task A_key_that_cannot_be_read_is_told_and_nobody_is_asked(string key)
    {
        var refused = (await AskAsync(ClientAuthentication.PrivateKeyJwt, key)).ShouldBeOfType<TokenOutcome.Refused>();

        (refused.IsFinal, endpoint.Asked).ShouldBe((false, 0));
        refused.Words.ShouldContain("cannot be read");
    }

    private static string FormDecoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static Task<TokenValidationResult> SignedAsync(string jwt) => new JsonWebTokenHandler().ValidateTokenAsync(jwt, new()
    {
        IssuerSigningKey = new RsaSecurityKey(Key.ExportParameters(includePrivateParameters: false)),
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        ValidateIssuer = false,
        ValidateAudience = false,
        ValidateLifetime = false,
    });

    private Task<TokenOutcome> AskAsync(ClientAuthentication how, string? secret = "hush-hush") =>
        endpoint.RedeemAsync(endpoint.Credentials(t => t with { ClientAuthentication = how }, clientSecret: secret));
}
