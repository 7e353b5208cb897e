using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Workato.Connections.Authorizing;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Authorizing.Support;

namespace Workato.Connections.Tests.Authorizing;

/// <summary>Tokens that are got without a person: client credentials, and signed assertions (RFC 7523).</summary>
public sealed class GrantTests : IAsyncLifetime
{
    private static readonly RSA Key = RSA.Create(2048);

    private TokenEndpoint endpoint = null!;

    public async ValueTask InitializeAsync() => endpoint = await TokenEndpoint.StartAsync();

    public ValueTask DisposeAsync() => endpoint.DisposeAsync();

    [Fact]
    public async Task A_machine_gets_tokens_by_its_own_id_and_secret()
    {
        await endpoint.Client.AcquireAsync(Machine(), TestContext.Current.CancellationToken);

        endpoint.Form.ShouldBe(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = "machine-1", ["client_secret"] = "hush" }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_machine_gets_new_tokens_as_it_got_the_first()
    {
        await endpoint.RenewAsync(Machine() with { Tokens = new Tokens { AccessToken = new("at-0"), RefreshToken = new Secret("rt-0") } });

        (endpoint.Form["grant_type"], endpoint.Form.ContainsKey("refresh_token")).ShouldBe(("client_credentials", false));
    }

    [Fact]
    public async Task Scopes_are_asked_for_under_the_name_and_with_the_separator_of_the_app()
    {
        var of = Machine(t => t with { Scopes = [new("read", "", true, false), new("write", "", true, false), new("admin", "", false, false)], ScopeParameter = "user_scope", ScopeSeparator = "," });

        await endpoint.Client.AcquireAsync(of, TestContext.Current.CancellationToken);

        (endpoint.Form["user_scope"], endpoint.Form.ContainsKey("scope")).ShouldBe(("read,write", false));
    }

    [Fact]
    public async Task A_signed_assertion_says_who_on_whose_behalf_for_whom_and_until_when()
    {
        await endpoint.Client.AcquireAsync(Signed(), TestContext.Current.CancellationToken);

        endpoint.Form.Keys.ShouldBe(["grant_type", "assertion"], ignoreOrder: true);
        endpoint.Form["grant_type"].ShouldBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
        var token = await VerifiedAsync();
        var now = endpoint.Time.GetUtcNow().ToUnixTimeSeconds();
        (token.Claims["iss"], token.Claims["sub"], token.Claims["aud"]).ShouldBe(("robot@suite.example", "robot@suite.example", endpoint.Url + "/token"));
        token.Claims["iat"].ShouldBe(now);
        ((long)token.Claims["exp"] - now).ShouldBeInRange(60, 300);
    }

    [Fact]
    public async Task Audience_key_id_and_scopes_stand_where_the_file_says()
    {
        var of = Signed(t => t with
        {
            Scopes = [new("read", "", true, false), new("write", "", true, false)],
            Assertion = t.Assertion! with { Audience = Template.Parse("https://audience.example"), KeyId = Template.Parse("key-7"), ScopeInClaim = true },
        });

        await endpoint.Client.AcquireAsync(of, TestContext.Current.CancellationToken);

        var token = await VerifiedAsync();
        (token.Claims["aud"], token.Claims["scope"], endpoint.Form.ContainsKey("scope")).ShouldBe(("https://audience.example", "read write", false));
        ((JsonWebToken)token.SecurityToken).Kid.ShouldBe("key-7");
    }

    [Fact]
    public async Task Without_a_subject_the_assertion_names_none()
    {
        await endpoint.Client.AcquireAsync(Signed(t => t with { Assertion = t.Assertion! with { Subject = Template.Parse("{nobody}") } }), TestContext.Current.CancellationToken);

        (await VerifiedAsync()).Claims.Keys.ShouldNotContain("sub");
    }

    [Fact]
    public async Task A_new_assertion_is_signed_where_tokens_are_renewed()
    {
        var of = Signed() with { Tokens = new Tokens { AccessToken = new("at-0") } };
        endpoint.Time.Advance(TimeSpan.FromHours(1));

        await endpoint.RenewAsync(of);

        (await VerifiedAsync()).Claims["iat"].ShouldBe(endpoint.Time.GetUtcNow().ToUnixTimeSeconds());
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_is_told_and_nobody_is_asked()
    {
        var outcome = await endpoint.Client.AcquireAsync(endpoint.Credentials(way: "signed", clientId: null, secrets: ("private_key", "hush")), TestContext.Current.CancellationToken);

        outcome.ShouldBeOfType<TokenOutcome.Refused>().Words.ShouldContain("It must be an RSA key in PEM");
        endpoint.Asked.ShouldBe(0);
    }

    private OpenCredentials Machine(Func<OAuth2Terms, OAuth2Terms>? otherwise = null) => endpoint.Credentials(otherwise, "machine", clientId: null, secrets: ("app_secret", "hush"));

    private OpenCredentials Signed(Func<OAuth2Terms, OAuth2Terms>? otherwise = null) =>
        endpoint.Credentials(otherwise, "signed", clientId: null, secrets: ("private_key", Key.ExportPkcs8PrivateKeyPem()));

    private async Task<TokenValidationResult> VerifiedAsync()
    {
        var token = await new JsonWebTokenHandler().ValidateTokenAsync(endpoint.Form["assertion"], new()
        {
            IssuerSigningKey = new RsaSecurityKey(Key.ExportParameters(includePrivateParameters: false)),
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            // The clock of these tests is not that of the validator.
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
            TryAllIssuerSigningKeys = true,
        });
        token.Exception.ShouldBeNull();
        return token;
    }
}
