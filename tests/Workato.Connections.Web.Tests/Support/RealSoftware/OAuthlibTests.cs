using System.Net;
using System.Text.Json;
using System.Web;
using Workato.Connections.AuthMethods;
using Workato.Connections.Authorizing;
using Workato.Connections.Connectors;
using Workato.Connections.Egress;
using Workato.Connections.Secrets;

namespace Workato.Connections.Web.Tests.Support.RealSoftware;

/// <summary>What is signed here is what python3-oauthlib says should be signed.</summary>
public sealed class OAuthlibTests : IClassFixture<SharedOAuthlib>, IDisposable
{
    private const string Callback = "http://localhost:5080/oauth/callback?x=a%26b&y=%C3%BC";

    // See OAuthlibProvider.PlainClientKey.
    private const string PlainCallback = "http://localhost:5080/oauth/callback";

    // Twice, encoded already and without need, in other alphabets, empty, with a plus for a space.
    private const string Query = "q=x%20y&q=x+y&a=%7E%2A&b=%E2%98%83%C3%A9&a=&c&%C3%BC=1%2B1&q=%252F&z=a%26b%3Dc";

    private static readonly string[] Methods = ["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "RSA-SHA1", "RSA-SHA256", "RSA-SHA512", "PLAINTEXT"];

    private static readonly ConnectorCatalog Catalog = ConnectorCatalog.Load(Path.Combine(AppContext.BaseDirectory, "connectors"));

    private readonly AppHttp http = new(new EgressGuard(new(["127.0.0.0/8"])));
    private readonly OAuthlibProvider provider;
    private readonly OAuth1Client client;

    public OAuthlibTests(SharedOAuthlib shared) => (provider, client) = (shared.Provider, new(http, TimeProvider.System));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> EveryMethodInEveryPlace =>
        [.. from method in Methods from place in new[] { "header", "query", "body" } select (method, place)];

    public void Dispose()
    {
        client.Dispose();
        http.Dispose();
    }

    [Theory]
    [MemberData(nameof(EveryMethodInEveryPlace))]
    public async Task A_person_connects_and_every_request_is_accepted(string method, string place)
    {
        var (of, callback) = (Credentials(method, place), place == "header" ? Callback : PlainCallback);

        var temporary = Granted(await client.RequestTokenAsync(of, callback, Cancel));
        var back = await OAuthlibProvider.AgreeAsync(OAuth1Client.AuthorizeUrl(of, temporary.AccessToken.Reveal()).ShouldNotBeNull(), Cancel);
        back.OriginalString.ShouldStartWith(callback);
        var verifier = HttpUtility.ParseQueryString(back.Query)["oauth_verifier"]!;
        var granted = Granted(await client.AccessTokenAsync(of, temporary, verifier, Cancel));

        await EveryRequestIsAcceptedAsync(of with { Tokens = granted }, "api");
        (await client.AccessTokenAsync(of, temporary, verifier, Cancel)).ShouldBeOfType<TokenOutcome.Refused>("the verifier was used");
    }

    [Theory]
    [MemberData(nameof(EveryMethodInEveryPlace))]
    public Task Without_a_person_every_request_is_accepted(string method, string place) => EveryRequestIsAcceptedAsync(Credentials(method, place), "two-legged");

    [Theory]
    [InlineData("HMAC-SHA1")]
    [InlineData("HMAC-SHA512")]
    [InlineData("RSA-SHA256")]
    public async Task A_body_that_is_no_form_is_signed_by_its_hash(string method)
    {
        using var request = Request(HttpMethod.Put, "two-legged/x", new StringContent("""{"a":"ü"}""", null, "application/json"));

        var answer = await AskAsync(Credentials(method, "two_legged_body"), request);

        answer.GetProperty("body_hash").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("HMAC-SHA256")]
    [InlineData("PLAINTEXT")]
    public async Task A_wrong_secret_is_not_accepted(string method)
    {
        var of = Credentials(method, "header", secret: "wrong");
        using var request = Request(HttpMethod.Get, "two-legged");
        await of.Bind().PutOnAsync(request, Cancel);
        using var answer = await http.Invoker.SendAsync(request, Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await client.RequestTokenAsync(of, Callback, Cancel)).ShouldBeOfType<TokenOutcome.Refused>().Words.ShouldStartWith("oauthlib refused to issue a token (401 Unauthorized).");
    }

    private static Tokens Granted(TokenOutcome outcome) => outcome.ShouldBeOfType<TokenOutcome.Granted>(outcome.Problem).Tokens;

    private async Task EveryRequestIsAcceptedAsync(OpenCredentials of, string path)
    {
        using var get = Request(HttpMethod.Get, $"{path}/a%2Fb/%C3%A9?{Query}");
        using var form = Request(HttpMethod.Post, $"{path}?{Query}", new StringContent(Query, null, "application/x-www-form-urlencoded"));
        using var empty = Request(HttpMethod.Post, path, new StringContent("", null, "application/x-www-form-urlencoded"));
        using var json = Request(HttpMethod.Put, $"{path}?{Query}", new StringContent("""{"a":"ü"}""", null, "application/json"));
        using var delete = Request(HttpMethod.Delete, $"{path}/x");

        (await AskAsync(of, get)).GetProperty("uri").GetString().ShouldNotBeNull().ShouldStartWith($"{provider.Url}/{path}/a%2Fb/%C3%A9?{Query}");
        (await AskAsync(of, form)).GetProperty("body").GetString().ShouldNotBeNull().ShouldStartWith(Query);
        await AskAsync(of, empty);
        (await AskAsync(of, json)).GetProperty("method").GetString().ShouldBe("PUT");
        await AskAsync(of, delete);
    }

    private async Task<JsonElement> AskAsync(OpenCredentials of, HttpRequestMessage request)
    {
        await of.Bind().PutOnAsync(request, Cancel);
        using var answer = await http.Invoker.SendAsync(request, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{request.Method} {request.RequestUri}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private HttpRequestMessage Request(HttpMethod method, string target, HttpContent? content = null) =>
        new(method, new Uri(provider.BaseUri + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })) { Content = content };

    private OpenCredentials Credentials(string method, string place, string? secret = null)
    {
        var connector = Catalog.Find("oauthlib")!;
        var isPlain = place != "header" && method == "PLAINTEXT";
        secret ??= isPlain ? OAuthlibProvider.PlainClientSecret : provider.ClientSecret;
        return new(connector, connector.FindWay(place)!, new(
            new Dictionary<string, string> { ["url"] = provider.Url, ["method"] = method, ["key"] = isPlain ? provider.PlainClientKey : provider.ClientKey },
            new Dictionary<string, Secret> { ["secret"] = new(secret), ["private_key"] = new(provider.PrivateKey) }));
    }
}

/// <summary>One provider for many tests.</summary>
public sealed class SharedOAuthlib : IAsyncLifetime
{
    public OAuthlibProvider Provider { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Provider = await OAuthlibProvider.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Provider.DisposeAsync();
}
