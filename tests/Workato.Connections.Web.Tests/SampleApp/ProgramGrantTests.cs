using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>Tokens for programs that act without a browser, and clients that prove themselves by a key.</summary>
public sealed class ProgramGrantTests : OAuth2Scene
{
    private readonly RSA key = RSA.Create(2048);

    [Fact]
    public async Task A_client_that_acts_for_itself_is_the_bot_and_gets_no_refresh_token()
    {
        var tokens = (await TokenAsync([], ("grant_type", "client_credentials"), ("scope", "notes.read"))).Ok().Json;

        tokens.ContainsKey("refresh_token").ShouldBeFalse();
        tokens.Text("scope").ShouldBe("notes.read");
        (await CallAsync("/api/me", tokens)).Ok().Json.Text("email").ShouldBe("bot@sample.example");
    }

    [Theory]
    [InlineData("scope", "moon.walk", "invalid_scope")]
    [InlineData("client_secret", "wrong", "invalid_client")]
    public async Task A_client_that_acts_for_itself_is_checked(string parameter, string value, string error) =>
        (await TokenAsync([(parameter, value)], ("grant_type", "client_credentials"))).Json.Text("error").ShouldBe(error);

    [Fact]
    public async Task A_client_without_a_secret_cannot_act_for_itself() =>
        (await PostAsync("/oauth2/token", [], ("grant_type", "client_credentials"), ("client_id", "sample-public"))).Is(400).Json.Text("error").ShouldBe("unauthorized_client");

    [Fact]
    public async Task A_signed_assertion_names_the_account_to_act_as()
    {
        await RegisterAsync(key.ExportSubjectPublicKeyInfoPem());

        var tokens = (await AssertAsync(Claims())).Ok().Json;

        tokens.ContainsKey("refresh_token").ShouldBeFalse();
        (await CallAsync("/api/me", tokens)).Ok().Json.Text("email").ShouldBe("ada@sample.example");
    }

    [Theory]
    [InlineData("aud", "https://somewhere.example")]
    [InlineData("sub", "nobody")]
    [InlineData("iss", "stranger")]
    [InlineData("exp", 0)]
    [InlineData("exp", 4000000000)]
    [InlineData("nbf", 4000000000)]
    public async Task An_assertion_for_somebody_or_some_time_else_is_refused(string claim, object value)
    {
        await RegisterAsync(key.ExportSubjectPublicKeyInfoPem());
        var claims = Claims();
        claims[claim] = JsonValue.Create(value);

        (await AssertAsync(claims)).Is(400).Json.Text("error").ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task An_assertion_that_another_key_signed_or_none_is_refused()
    {
        using var other = RSA.Create(2048);
        await RegisterAsync(other.ExportSubjectPublicKeyInfoPem());

        (await AssertAsync(Claims())).Is(400).Json.Text("error").ShouldBe("invalid_grant");
        (await AssertAsync(Claims(), alg: "none")).Is(400).Json.Text("error").ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task An_assertion_comes_once()
    {
        await RegisterAsync(key.ExportSubjectPublicKeyInfoPem());
        var claims = Claims();
        claims["jti"] = "one";

        (await AssertAsync(claims)).Ok();
        (await AssertAsync(claims)).Is(400).Json.Text("error").ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_client_may_prove_itself_by_a_signed_assertion_instead_of_its_secret()
    {
        var parameters = key.ExportParameters(false);
        await RegisterAsync(new { kty = "RSA", n = Encode(parameters.Modulus!), e = Encode(parameters.Exponent!) });

        (await ByKeyAsync("sample-client")).Ok();
        (await ByKeyAsync("ada")).Is(401).Json.Text("error").ShouldBe("invalid_client");
    }

    [Fact]
    public async Task More_than_one_proof_is_refused()
    {
        var answer = await TokenAsync([], ("grant_type", "client_credentials"), ("client_assertion", "x"));

        answer.Is(400).Json.Text("error").ShouldBe("invalid_request");
    }

    [Fact]
    public async Task Only_a_public_key_is_registered()
    {
        (await Http.SendAsync("/control/oauth2/public-key", new { client_id = "sample-client", public_key = key.ExportPkcs8PrivateKeyPem() })).Is(400);
        (await Http.SendAsync("/control/oauth2/public-key", new { client_id = "sample-client", public_key = "nonsense" })).Is(400);
        (await Http.SendAsync("/control/oauth2/public-key", new { client_id = "sample-client", public_key = new { kty = "oct", k = "AAAA" } })).Is(400);
        (await Http.SendAsync("/control/oauth2/public-key", new { client_id = "stranger", public_key = key.ExportSubjectPublicKeyInfoPem() })).Is(400);
    }

    private async Task RegisterAsync(object publicKey) =>
        (await Http.SendAsync("/control/oauth2/public-key", new { client_id = "sample-client", public_key = publicKey })).Ok();

    private JsonObject Claims() => new()
    {
        ["iss"] = "sample-client", ["sub"] = "ada", ["aud"] = App.Url + "/oauth2/token", ["exp"] = Clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(),
    };

    private Task<Answer> AssertAsync(JsonObject claims, string alg = "RS256") => PostAsync("/oauth2/token", [],
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", Jwt(key, claims, alg)), ("scope", "profile"));

    private Task<Answer> ByKeyAsync(string subject)
    {
        var claims = Claims();
        claims["sub"] = subject;
        return PostAsync("/oauth2/token", [], ("grant_type", "client_credentials"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", Jwt(key, claims)));
    }

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
