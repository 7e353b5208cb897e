using Microsoft.Extensions.Time.Testing;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth1;
using Workato.Connections.Authorizing;
using Workato.Connections.Egress;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing;

/// <summary>What an app may answer when it is asked for a token of OAuth 1.0.</summary>
public sealed class OAuth1ClientTests : IAsyncLifetime
{
    private const string Confirmed = "oauth_token=t%201&oauth_token_secret=s%2F1&oauth_callback_confirmed=true\n";

    private readonly FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeSeconds(1_000_000_000));
    private readonly AppHttp http = new(new EgressGuard(new(["127.0.0.0/8"])));
    private readonly Tokens temporary = new() { AccessToken = new("temporary-token"), TokenSecret = new("temporary-secret") };
    private OAuth1Client client = null!;
    private TestApp app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (app, client) = (await TestApp.StartAsync(), new(http, time));

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        http.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Temporary_credentials_are_read_whatever_type_the_answer_says_it_is()
    {
        app.Answer = TestApp.Says(200, Confirmed, "text/html");

        var tokens = (await RequestAsync()).ShouldBeOfType<TokenOutcome.Granted>().Tokens;

        (tokens.AccessToken.Reveal(), tokens.TokenSecret!.Reveal()).ShouldBe(("t 1", "s/1"));
    }

    [Theory]
    [InlineData("oauth_token=t&oauth_token_secret=s")]
    [InlineData("oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=false")]
    public async Task An_app_that_does_not_confirm_the_callback_is_not_signed_in_to(string answer)
    {
        app.Answer = TestApp.Says(200, answer);

        (await RequestAsync()).ShouldBeOfType<TokenOutcome.Refused>().Code.ShouldBe("callback_not_confirmed");
    }

    [Fact]
    public async Task A_token_ends_when_the_app_says_so_or_else_the_file()
    {
        app.Answer = TestApp.Says(200, "oauth_token=t&oauth_token_secret=s&oauth_expires_in=3600");
        (await ExchangeAsync()).ShouldBeOfType<TokenOutcome.Granted>().Tokens.ExpiresAt.ShouldBe(time.GetUtcNow().AddHours(1));

        app.Answer = TestApp.Says(200, "oauth_token=t&oauth_token_secret=s");
        (await ExchangeAsync()).ShouldBeOfType<TokenOutcome.Granted>().Tokens.ExpiresAt.ShouldBeNull();
        (await ExchangeAsync(t => t with { TokenLifetime = TimeSpan.FromMinutes(5) })).ShouldBeOfType<TokenOutcome.Granted>().Tokens.ExpiresAt.ShouldBe(time.GetUtcNow().AddMinutes(5));
    }

    [Theory]
    [InlineData("consumer_key_unknown", "Photos does not know the consumer key (consumer_key_unknown).", false)]
    [InlineData("signature_invalid", "Photos does not accept the signature (signature_invalid).", false)]
    [InlineData("token_revoked", "Photos has taken back the permission (token_revoked).", true)]
    [InlineData("user_refused", "Access was denied at Photos (user_refused).", true)]
    [InlineData("something_else", "Photos refused to issue a token (something_else).", false)]
    public async Task A_problem_the_app_names_is_told_in_words(string problem, string words, bool isFinal)
    {
        app.Answer = TestApp.Says(401, $"oauth_problem={problem}&oauth_problem_advice=Ask+Bob.+Not+temporary-secret", "text/plain");
        (await ExchangeAsync()).ShouldBeOfType<TokenOutcome.Refused>().ShouldSatisfyAllConditions(
            r => r.Code.ShouldBe(problem), r => r.Words.ShouldStartWith(words + " Photos says: “Ask Bob. Not [secret]”."), r => r.IsFinal.ShouldBe(isFinal));

        app.Answer = context =>
        {
            context.Response.Headers.WWWAuthenticate = $"OAuth realm=\"x\", oauth_problem=\"{problem}\"";
            return TestApp.Says(401, "{}")(context);
        };
        (await ExchangeAsync()).ShouldBeOfType<TokenOutcome.Refused>().Words.ShouldStartWith(words);
    }

    [Theory]
    [InlineData(401, """{"errors":[{"message":"Bad key."}]}""", "Photos refused to issue a token (401 Unauthorized). Photos says: “Bad key”.")]
    [InlineData(200, "<html></html>", "Photos answered 200 OK, but not with a token.")]
    [InlineData(302, "", "Photos answered 302 Found, but not with a token.")]
    [InlineData(503, "", "Photos is in trouble and could not issue a token (503 Service Unavailable).")]
    public async Task Any_other_answer_is_told_in_words(int status, string body, string words)
    {
        app.Answer = TestApp.Says(status, body);

        (await RequestAsync()).Problem.ShouldNotBeNull().ShouldStartWith(words);
    }

    [Theory]
    [InlineData(401, "no")]
    [InlineData(400, "oauth_problem=timestamp_refused")]
    public async Task An_app_whose_clock_is_another_is_asked_again_in_its_own_time(int status, string answer)
    {
        var asked = new List<string>();
        app.Answer = context =>
        {
            asked.Add(context.Request.Headers.Authorization.ToString());
            context.Response.Headers.Date = time.GetUtcNow().AddSeconds(500).ToString("R");
            return asked.Count == 1 ? TestApp.Says(status, answer)(context) : TestApp.Says(200, Confirmed)(context);
        };

        (await RequestAsync()).ShouldBeOfType<TokenOutcome.Granted>();

        asked[0].ShouldContain("oauth_timestamp=\"1000000000\"");
        asked[1].ShouldContain("oauth_timestamp=\"1000000500\"");
    }

    [Fact]
    public async Task A_person_is_sent_to_the_app_with_the_temporary_token_and_what_the_file_adds()
    {
        var of = Credentials(t => t with { AuthorizeUrl = Template.Parse(app.Url + "/authorize?x=1"), AuthorizeParameters = new Dictionary<string, Template> { ["for"] = Template.Parse("a b") } });

        OAuth1Client.AuthorizeUrl(of, "t/1")!.AbsoluteUri.ShouldBe(app.Url + "/authorize?x=1&for=a%20b&oauth_token=t%2F1");
        (await client.RequestTokenAsync(of with { Given = FieldValues.Empty }, "https://we.example/callback", Cancel)).Problem.ShouldBe("There is no OAuth app for Photos yet. Choose one, or add one under Settings > OAuth apps.");
    }

    [Fact]
    public async Task A_private_key_that_cannot_be_read_is_told_before_anybody_is_asked() =>
        (await client.RequestTokenAsync(Credentials(t => t with { SignatureMethod = Template.Parse("RSA-SHA1") }), "https://we.example/callback", Cancel))
            .ShouldBeOfType<TokenOutcome.Refused>().Code.ShouldBe("invalid_key");

    [Fact]
    public async Task An_app_that_is_down_is_told_in_words()
    {
        var of = Credentials();
        await app.DisposeAsync();

        (await client.RequestTokenAsync(of, "https://we.example/callback", Cancel)).ShouldBeOfType<TokenOutcome.InTrouble>().Words.ShouldStartWith("127.0.0.1 could not be reached");
    }

    private Task<TokenOutcome> RequestAsync() => client.RequestTokenAsync(Credentials(), "https://we.example/callback", Cancel);

    private Task<TokenOutcome> ExchangeAsync(Func<OAuth1Terms, OAuth1Terms>? otherwise = null) => client.AccessTokenAsync(Credentials(otherwise), temporary, "verifier-1", Cancel);

    private OpenCredentials Credentials(Func<OAuth1Terms, OAuth1Terms>? otherwise = null)
    {
        var terms = new OAuth1Terms
        {
            RequestTokenUrl = Template.Parse(app.Url + "/initiate"), AuthorizeUrl = Template.Parse(app.Url + "/authorize"), AccessTokenUrl = Template.Parse(app.Url + "/token"),
            ConsumerKey = Template.Parse("{key}"), ConsumerSecret = Template.Parse("{secret}"),
        };
        var desk = TestCatalog.Instance.Find("test_desk")!;
        var way = desk.Ways[0] with { Method = new OAuth1Method(time, () => Guid.NewGuid().ToString("N")), Placement = new() { OAuth1 = otherwise?.Invoke(terms) ?? terms } };
        return new(desk with { Title = "Photos" }, way, new(new Dictionary<string, string> { ["key"] = "ck" }, new Dictionary<string, Secret> { ["secret"] = new("consumer-secret") }));
    }
}
