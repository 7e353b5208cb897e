using Microsoft.Extensions.Time.Testing;
using Workato.Connections.Authorizing;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Egress;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing;

/// <summary>What an app tells while one signs in, and what it may not make of our addresses by it.</summary>
public sealed class LearnedValuesTests : IAsyncLifetime
{
    private static readonly EgressRules Egress = new(["127.0.0.0/8"]);

    private readonly AppHttp http = new(new EgressGuard(Egress));
    private TokenEndpoint endpoint = null!;

    public async ValueTask InitializeAsync() => endpoint = await TokenEndpoint.StartAsync();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await endpoint.DisposeAsync();
    }

    [Fact]
    public async Task A_value_comes_from_the_token_answer() =>
        (await LearnAsync("t-7")).Granted().Learned["tenant"].ShouldBe("t-7");

    [Fact]
    public async Task A_value_comes_from_the_callback()
    {
        var of = Of(LearnedFrom.Callback, "realmId", []);

        (await CompleteAsync(of, new() { ["realmId"] = "42" })).Granted().Learned["tenant"].ShouldBe("42");
    }

    [Fact]
    public async Task A_value_comes_from_a_request_with_the_new_token()
    {
        endpoint.Answer = TestApp.Says(200, """{"accounts":[{"id":"a-1"}]}""");
        var of = Of(LearnedFrom.Request, "/accounts/0/id", [], "/userinfo");

        (await CompleteAsync(of)).Granted().Learned["tenant"].ShouldBe("a-1");
        endpoint.Authorization.ShouldBe("Bearer at-1");
    }

    [Theory]
    [InlineData(401, "{}")]
    [InlineData(200, "{}")]
    [InlineData(200, "<html>")]
    public async Task Where_the_app_does_not_say_it_nothing_is_stored(int status, string body)
    {
        endpoint.Answer = TestApp.Says(status, body);

        (await CompleteAsync(Of(LearnedFrom.Request, "/id", [], "/userinfo"))).Refused().Message.ShouldStartWith("Test Suite did not say what belongs into its addresses (tenant).");
    }

    [Theory]
    [InlineData("evil.example/")]
    [InlineData("evil.example?")]
    [InlineData("evil.example#")]
    [InlineData("evil.example\\")]
    [InlineData("me@evil.example")]
    [InlineData("a b")]
    [InlineData("a%2Fb")]
    [InlineData("ａ")]
    [InlineData("a\r\nb")]
    [InlineData("..")]
    [InlineData(".")]
    public async Task A_value_that_would_move_a_request_is_refused(string value) =>
        (await LearnAsync(value)).Refused().Message.ShouldStartWith("Test Suite said something that cannot stand in an address (tenant).");

    [Theory]
    [InlineData("evil.example/")]
    [InlineData("..")]
    public async Task Such_a_value_does_not_come_in_by_a_refresh_either(string value)
    {
        endpoint.Answer = TestApp.Says(200, $$"""{"access_token":"at-2","tenant":"{{value}}"}""");
        var of = Of(LearnedFrom.Token, "/tenant", new() { ["tenant"] = "t-7" });

        var tokens = (await endpoint.RenewAsync(of)).ShouldBeOfType<TokenOutcome.Granted>().Tokens;

        (tokens.AccessToken.Reveal(), tokens.Learned["tenant"]).ShouldBe(("at-2", "t-7"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/api")]
    [InlineData("https://eu-1.suite.example")]
    public async Task The_whole_address_of_an_instance_may_be_learned(string address) => (await LearnAsync(address, "{tenant}/v2")).Granted().Learned["tenant"].ShouldBe(address);

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("ftp://suite.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://me:secret@suite.example")]
    [InlineData("https://suite.example/?x=")]
    [InlineData("https://suite.example/#")]
    [InlineData("https://10.0.0.1")]
    [InlineData("https://169.254.169.254")]
    public async Task An_address_requests_may_not_go_to_is_not_learned(string address) =>
        (await LearnAsync(address, "{tenant}/v2")).Refused().Message.ShouldContain("cannot stand in an address");

    private Task<Result<Tokens>> LearnAsync(string value, string? baseUrl = null) => CompleteAsync(Of(LearnedFrom.Token, "/tenant", new() { ["tenant"] = value }, baseUrl: baseUrl));

    private Task<Result<Tokens>> CompleteAsync(OpenCredentials of, Dictionary<string, string>? callback = null) =>
        new LearnedValues(http, Egress, new FakeTimeProvider()).CompleteAsync(of, callback ?? [], TestContext.Current.CancellationToken);

    private OpenCredentials Of(LearnedFrom from, string at, Dictionary<string, string> learned, string? url = null, string? baseUrl = null)
    {
        var of = endpoint.Credentials(
            t => t with { Learn = [new("tenant", from, at, url is null ? null : Template.Parse(endpoint.Url + url))] },
            tokens: new() { AccessToken = new("at-1"), RefreshToken = new("rt-1"), Learned = learned });
        return baseUrl is null ? of : of with { Way = of.Way with { BaseUrl = Template.Parse(baseUrl) } };
    }
}
