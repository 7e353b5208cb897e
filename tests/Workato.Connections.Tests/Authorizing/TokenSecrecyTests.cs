using System.Security.Cryptography;
using System.Text.Json;
using Workato.Connections.Authorizing;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Workato.Connections.Tests.Authorizing;

/// <summary>An endpoint that repeats what it was sent does not make it known.</summary>
public sealed class TokenSecrecyTests : IAsyncLifetime
{
    private static readonly Tokens Old = new() { AccessToken = new("at-secret-0"), RefreshToken = new("rt-secret-0") };

    private TokenEndpoint endpoint = null!;

    public async ValueTask InitializeAsync() => endpoint = await TokenEndpoint.StartAsync();

    public ValueTask DisposeAsync() => endpoint.DisposeAsync();

    [Theory]
    [InlineData("code")]
    [InlineData("code_verifier")]
    [InlineData("client_secret")]
    public async Task What_was_sent_for_a_code_is_not_in_the_words(string parameter)
    {
        Echo(parameter);

        await StaysSecretAsync(endpoint.RedeemAsync(verifier: "verifier-of-this-test"), () => endpoint.Form[parameter]);
    }

    [Fact]
    public async Task A_refresh_token_is_not_in_the_words()
    {
        Echo("refresh_token");

        await StaysSecretAsync(endpoint.RenewAsync(endpoint.Credentials(tokens: Old)), () => "rt-secret-0");
    }

    [Fact]
    public async Task The_header_is_not_in_the_words()
    {
        endpoint.Answer = context => Says(context, $"I do not know {context.Request.Headers.Authorization}, go away");

        await StaysSecretAsync(
            endpoint.RedeemAsync(endpoint.Credentials(t => t with { ClientAuthentication = ClientAuthentication.Basic }, clientSecret: "hush & hush")), () => endpoint.Authorization!.Split(' ')[1]);
    }

    [Fact]
    public async Task The_assertion_of_a_client_is_not_in_the_words()
    {
        using var key = RSA.Create(2048);
        Echo("client_assertion");

        await StaysSecretAsync(
            endpoint.RedeemAsync(endpoint.Credentials(t => t with { ClientAuthentication = ClientAuthentication.PrivateKeyJwt }, clientSecret: key.ExportPkcs8PrivateKeyPem())),
            () => endpoint.Form["client_assertion"][..40]);
    }

    [Fact]
    public async Task The_assertion_of_a_user_is_not_in_the_words()
    {
        using var key = RSA.Create(2048);
        Echo("assertion");
        var of = endpoint.Credentials(way: "signed", clientId: null, secrets: ("private_key", key.ExportPkcs8PrivateKeyPem()));

        await StaysSecretAsync(endpoint.Client.AcquireAsync(of, TestContext.Current.CancellationToken), () => endpoint.Form["assertion"][..40]);
    }

    [Fact]
    public async Task What_is_no_secret_stays_in_the_words()
    {
        endpoint.Answer = context => Says(context, $"{context.Request.Form["redirect_uri"]} is not registered for {context.Request.Form["client_id"]}");

        (await endpoint.RedeemAsync()).Problem.ShouldNotBeNull().ShouldContain("“https://here.example/oauth/callback is not registered for client-1”");
    }

    [Fact]
    public async Task A_scope_that_is_not_known_is_named()
    {
        endpoint.Answer = context => Says(context, $"no such scope: {context.Request.Form["scope"]}");
        var of = endpoint.Credentials(t => t with { Scopes = [new("tickets.read", "", true, false)] }, "machine", clientId: null, secrets: ("app_secret", "hush"));

        (await endpoint.Client.AcquireAsync(of, TestContext.Current.CancellationToken)).Problem.ShouldNotBeNull().ShouldContain("“no such scope: tickets.read”");
    }

    private static async Task StaysSecretAsync(Task<TokenOutcome> asking, Func<string> secret)
    {
        var words = (await asking).Problem.ShouldNotBeNull();

        words.ShouldContain("go away");
        words.ShouldNotContain(secret(), Case.Insensitive);
    }

    private static Task Says(HttpContext context, string words) => TestApp.Says(400, JsonSerializer.Serialize(new { error = "invalid_request", error_description = words }))(context);

    private void Echo(string parameter) => endpoint.Answer = context => Says(context, $"I do not know {context.Request.Form[parameter]}, go away");
}
