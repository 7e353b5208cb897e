using System.Web;
using Workato.Connections.Authorizing;
using Workato.Connections.AuthMethods;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing;

/// <summary>What a person is sent to an app with.</summary>
public sealed class AuthorizationRequestsTests : IAsyncLifetime
{
    private const string Callback = "https://here.example/oauth/callback";

    private TokenEndpoint endpoint = null!;

    public async ValueTask InitializeAsync() => endpoint = await TokenEndpoint.StartAsync();

    public ValueTask DisposeAsync() => endpoint.DisposeAsync();

    // RFC 7636, appendix B.
    [Fact]
    public void A_challenge_is_the_hash_of_its_verifier() =>
        AuthorizationRequests.Challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").ShouldBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");

    // Section 4.1: 43 to 128 characters of the unreserved.
    [Fact]
    public void A_verifier_is_long_and_plain() =>
        AuthorizationRequests.NewVerifier(new() { TokenUrl = Template.Parse("https://suite.example/token") }).ShouldNotBeNull().ShouldMatch("^[A-Za-z0-9._~-]{43,128}$");

    [Fact]
    public void No_two_verifiers_are_the_same() =>
        Enumerable.Range(0, 100).Select(_ => AuthorizationRequests.NewVerifier(new() { TokenUrl = Template.Parse("https://suite.example/token") })).Distinct().Count().ShouldBe(100);

    [Fact]
    public void An_app_that_refuses_a_proof_key_is_sent_none() =>
        AuthorizationRequests.NewVerifier(new() { TokenUrl = Template.Parse("https://suite.example/token"), Pkce = false }).ShouldBeNull();

    [Fact]
    public async Task The_request_says_who_asks_for_what_and_where_to_come_back_to()
    {
        var (address, query) = await AskAsync(endpoint.Credentials());

        address.ShouldBe(endpoint.Url + "/authorize");
        query.ShouldBe(new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = "client-1", ["redirect_uri"] = Callback, ["state"] = "state-1", ["scope"] = "read",
            ["code_challenge"] = AuthorizationRequests.Challenge("verifier-1"), ["code_challenge_method"] = "S256",
        }, ignoreOrder: true);
    }

    [Fact]
    public async Task The_secret_of_the_client_and_the_verifier_stay_here()
    {
        var whole = (await endpoint.Requests.AddressAsync(endpoint.Credentials(), "state-1", Callback, "verifier-1", TestContext.Current.CancellationToken)).Granted();

        whole.ShouldNotContain("hush");
        whole.ShouldNotContain("verifier-1");
    }

    [Fact]
    public async Task Scopes_are_written_as_the_app_wants_them()
    {
        var of = endpoint.Credentials(t => t with
        {
            Scopes = [new("a", "", true, false), new("b", "", false, true), new("c", "", false, false)], ScopeSeparator = ",", ScopeParameter = "user_scope",
        });

        var query = (await AskAsync(of)).Query;

        (query["user_scope"], query.ContainsKey("scope")).ShouldBe(("b,a", false));
    }

    [Fact]
    public async Task Chosen_scopes_take_the_place_of_the_usual_but_not_of_the_required()
    {
        var of = endpoint.Credentials(t => t with { Scopes = [new("a", "", true, false), new("b", "", false, true)], OwnScopes = true });
        of = of with { Given = of.Given with { Settings = new Dictionary<string, string>(of.Given.Settings) { ["scopes"] = "x y, b x" } } };

        (await AskAsync(of)).Query["scope"].ShouldBe("b x y");
    }

    [Fact]
    public async Task The_file_may_send_more_along_and_what_is_empty_is_left_out()
    {
        var of = endpoint.Credentials(t => t with
        {
            AuthorizeParameters = new Dictionary<string, Template> { ["access_type"] = Template.Parse("offline"), ["login_hint"] = Template.Parse("{mail}"), ["tenant"] = Template.Parse("{nothing}") },
        });

        var query = (await AskAsync(of)).Query;

        (query["access_type"], query["login_hint"], query.ContainsKey("tenant")).ShouldBe(("offline", "robot@suite.example", false));
    }

    [Fact]
    public async Task An_address_that_has_a_query_keeps_it()
    {
        var query = (await AskAsync(endpoint.Credentials(t => t with { AuthorizeUrl = Template.Parse("https://suite.example/go?app=7") }))).Query;

        (query["app"], query["state"]).ShouldBe(("7", "state-1"));
    }

    [Fact]
    public async Task Nobody_is_sent_away_without_a_client() =>
        (await endpoint.Requests.AddressAsync(endpoint.Credentials(clientId: null), "state-1", Callback, null, TestContext.Current.CancellationToken)).Refused().Message.ShouldContain("There is no OAuth app for Test Suite yet.");

    [Fact]
    public async Task A_request_that_is_pushed_leaves_only_its_name_to_the_browser()
    {
        endpoint.Answer = TestApp.Says(201, """{"request_uri":"urn:pushed:1","expires_in":60}""");

        var (_, query) = await AskAsync(endpoint.Credentials(t => t with { PushedUrl = Template.Parse("{url}/par") }));

        query.ShouldBe(new Dictionary<string, string?> { ["client_id"] = "client-1", ["request_uri"] = "urn:pushed:1" }, ignoreOrder: true);
        (endpoint.Form["state"], endpoint.Form["client_secret"]).ShouldBe(("state-1", "hush-hush"));
    }

    [Fact]
    public async Task A_pushed_request_that_is_refused_is_told_without_secrets()
    {
        endpoint.Answer = TestApp.Says(400, """{"error":"invalid_client","error_description":"Not hush-hush"}""");
        var of = endpoint.Credentials(t => t with { PushedUrl = Template.Parse("{url}/par") });

        var words = (await endpoint.Requests.AddressAsync(of, "state-1", Callback, null, TestContext.Current.CancellationToken)).Refused().Message;

        words.ShouldStartWith("Test Suite did not take the request to sign in.");
        words.ShouldNotContain("hush-hush");
    }

    private async Task<(string Address, Dictionary<string, string?> Query)> AskAsync(OpenCredentials of)
    {
        var address = new Uri((await endpoint.Requests.AddressAsync(of, "state-1", Callback, "verifier-1", TestContext.Current.CancellationToken)).Granted());
        var query = HttpUtility.ParseQueryString(address.Query);
        return (address.GetLeftPart(UriPartial.Path), query.AllKeys.ToDictionary(k => k!, k => query[k]));
    }
}
