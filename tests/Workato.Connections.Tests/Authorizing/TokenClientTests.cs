using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Workato.Connections.Authorizing;
using Workato.Connections.AuthMethods;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing;

/// <summary>A token endpoint is asked over a real socket, whatever it or the network does.</summary>
public sealed class TokenClientTests : IAsyncLifetime
{
    private static readonly Tokens Old = new() { AccessToken = new("at-0"), RefreshToken = new("rt-0") };

    private TokenEndpoint endpoint = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => endpoint = await TokenEndpoint.StartAsync();

    public ValueTask DisposeAsync() => endpoint.DisposeAsync();

    [Fact]
    public async Task A_code_is_redeemed_with_all_that_proves_who_asked_for_it()
    {
        (await endpoint.RedeemAsync(verifier: "verifier-1")).ShouldBeOfType<TokenOutcome.Granted>();

        endpoint.Form.ShouldBe(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = "code-1", ["redirect_uri"] = "https://here.example/oauth/callback", ["code_verifier"] = "verifier-1",
            ["client_id"] = "client-1", ["client_secret"] = "hush-hush",
        }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_refresh_token_is_redeemed_by_itself()
    {
        await endpoint.RenewAsync(endpoint.Credentials(tokens: Old));

        (endpoint.Form["grant_type"], endpoint.Form["refresh_token"], endpoint.Form.ContainsKey("code_verifier")).ShouldBe(("refresh_token", "rt-0", false));
    }

    [Fact]
    public async Task A_refresh_token_goes_to_the_address_for_refreshing_where_there_is_one()
    {
        var path = "";
        endpoint.Answer = context =>
        {
            path = context.Request.Path;
            return TestApp.Says(200, TokenEndpoint.Issues)(context);
        };

        await endpoint.RenewAsync(endpoint.Credentials(t => t with { RefreshUrl = Template.Parse("{url}/again") }, tokens: Old));

        path.ShouldBe("/again");
    }

    [Fact]
    public async Task Without_a_refresh_token_the_permission_ends_with_its_access_token()
    {
        var refused = (await endpoint.RenewAsync(endpoint.Credentials(tokens: Old with { RefreshToken = null }))).ShouldBeOfType<TokenOutcome.Refused>();

        refused.IsFinal.ShouldBeTrue();
        refused.Words.ShouldContain("Connect again");
        endpoint.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_client_nobody_is_asked()
    {
        (await endpoint.RedeemAsync(endpoint.Credentials(clientId: null))).ShouldBeOfType<TokenOutcome.Refused>().IsFinal.ShouldBeFalse();

        endpoint.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task The_file_may_send_more_along()
    {
        await endpoint.RedeemAsync(endpoint.Credentials(t => t with { TokenParameters = new Dictionary<string, Template> { ["resource"] = Template.Parse("mail:{mail}") } }));

        endpoint.Form["resource"].ShouldBe("mail:robot@suite.example");
    }

    [Fact]
    public async Task A_web_page_is_told_as_one()
    {
        endpoint.Answer = TestApp.Says(200, "<html>Sign in</html>", "text/html");

        (await endpoint.RedeemAsync()).ShouldBeOfType<TokenOutcome.InTrouble>().Words.ShouldStartWith("Test Suite answered 200 OK, but not with tokens: a web page.");
    }

    [Fact]
    public async Task An_answer_without_a_body_is_told_as_one()
    {
        endpoint.Answer = TestApp.Says(200, "");

        (await endpoint.RedeemAsync()).ShouldBeOfType<TokenOutcome.InTrouble>().Words.ShouldContain("an empty answer");
    }

    [Fact]
    public async Task Of_an_answer_far_too_long_the_beginning_is_read_and_no_more()
    {
        endpoint.Answer = TestApp.Says(200, $$"""{"access_token":"at-1","padding":"{{new string('x', 5 * 1024 * 1024)}}"}""");

        (await endpoint.RedeemAsync()).ShouldBeOfType<TokenOutcome.InTrouble>().Words.ShouldContain("an answer far too long");
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await TokenEndpoint.StartAsync();
        endpoint.Answer = context =>
        {
            context.Response.Redirect(elsewhere.Url + "/token", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };

        (await endpoint.RedeemAsync()).ShouldBeOfType<TokenOutcome.InTrouble>().Words.ShouldContain("it sends us to another address");
        elsewhere.Asked.ShouldBe(0);
    }

    [Theory]
    [InlineData(429, "120", 120)]
    [InlineData(503, "7", 7)]
    [InlineData(503, "Sun, 01 Mar 2026 12:02:00 GMT", 120)]
    [InlineData(503, "Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    [InlineData(503, "soon", null)]
    [InlineData(503, null, null)]
    public async Task When_to_ask_again_is_heard(int status, string? retryAfter, int? seconds)
    {
        endpoint.Answer = context =>
        {
            if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
            return TestApp.Says(status, "{}")(context);
        };

        (await endpoint.RedeemAsync()).ShouldBeOfType<TokenOutcome.InTrouble>().RetryAfter.ShouldBe(seconds is { } s ? TimeSpan.FromSeconds(s) : null);
    }

    [Fact]
    public async Task Where_the_connection_is_refused_nothing_was_used_up()
    {
        var of = endpoint.Credentials();
        await endpoint.DisposeAsync();
        endpoint = await TokenEndpoint.StartAsync();

        (await endpoint.RedeemAsync(of)).ShouldBeOfType<TokenOutcome.InTrouble>().Words.ShouldStartWith("127.0.0.1 could not be reached");
    }

    [Fact]
    public async Task Where_the_address_may_not_be_asked_the_words_say_so()
    {
        var of = endpoint.Credentials(t => t with { TokenUrl = Template.Parse("https://[::1]/token") });

        (await endpoint.RedeemAsync(of)).ShouldBeOfType<TokenOutcome.InTrouble>().Words.ShouldContain("Egress__AllowedNetworks");
    }

    [Fact]
    public async Task Where_nobody_answers_in_time_nobody_knows_what_was_issued()
    {
        var gate = new Gate();
        endpoint.Answer = _ => gate.PassAsync();

        var asking = endpoint.RedeemAsync();
        await gate.Reached;
        endpoint.Time.Advance(OAuthHttp.Timeout);

        (await asking).ShouldBeOfType<TokenOutcome.Unknown>();
        gate.Open();
    }

    [Fact]
    public async Task An_answer_that_drips_is_not_waited_for_any_longer()
    {
        var gate = new Gate();
        endpoint.Answer = async context =>
        {
            await context.Response.WriteAsync("""{"access_token":""", Cancel);
            await context.Response.Body.FlushAsync(Cancel);
            await gate.PassAsync();
        };

        var asking = endpoint.RedeemAsync();
        await gate.Reached;
        endpoint.Time.Advance(OAuthHttp.Timeout);

        (await asking).ShouldBeOfType<TokenOutcome.Unknown>();
        gate.Open();
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_answer_leaves_it_unknown()
    {
        endpoint.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        (await endpoint.RedeemAsync()).ShouldBeOfType<TokenOutcome.Unknown>();
    }

    [Fact]
    public async Task Where_not_even_a_connection_was_made_in_time_nothing_was_used_up()
    {
        // What .NET itself throws then, and not what we think it does.
        using var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(1),
            ConnectCallback = async (_, cancel) =>
            {
                await Task.Delay(Timeout.Infinite, cancel);
                throw new SocketException();
            },
        };
        using var http = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://127.0.0.1/token");

        var thrown = await Record.ExceptionAsync(() => http.SendAsync(request, Cancel));

        OAuthHttp.Failure("Test Suite", "127.0.0.1", thrown.ShouldNotBeNull()).ShouldBeOfType<TokenOutcome.InTrouble>();
    }

    [Fact]
    public async Task Who_gives_up_is_told_by_the_usual_exception()
    {
        using var gone = new CancellationTokenSource();
        var gate = new Gate();
        endpoint.Answer = _ => gate.PassAsync();

        var asking = endpoint.Client.RedeemAsync(endpoint.Credentials(), "code-1", "https://here.example/", null, gone.Token);
        await gate.Reached;
        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        gate.Open();
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/token")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not an address")]
    public async Task An_address_that_is_none_is_no_exception(string address) =>
        (await endpoint.RedeemAsync(endpoint.Credentials(t => t with { TokenUrl = Template.Parse(address) }))).ShouldBeOfType<TokenOutcome.InTrouble>();
}
