using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>How the sample app asks a person whether a client may act for them.</summary>
public sealed class AuthorizeTests : OAuth2Scene
{
    [Fact]
    public async Task A_page_says_who_asks_what_for_and_lets_choose_the_account()
    {
        var page = (await Http.ReadAsync(Question())).Ok().Text;

        page.ShouldContain("Sample client");
        page.ShouldContain("localhost:5080");
        page.ShouldContain("notes.read");
        page.ShouldNotContain("notes.write");
        page.ShouldContain("Ada Lovelace");
        page.ShouldContain("Integration bot");
    }

    [Fact]
    public async Task Allowed_it_brings_back_a_code_with_state_and_issuer()
    {
        var back = BroughtBack(await DecideAsync(Question()));

        back["code"].ShouldNotBeEmpty();
        back["state"].ShouldBe("xyz");
        back["iss"].ShouldBe(App.Url);
    }

    [Fact]
    public async Task Denied_it_brings_back_access_denied_with_state_and_issuer()
    {
        var back = BroughtBack(await DecideAsync(Question(), "deny"));

        back["error"].ShouldBe("access_denied");
        back["state"].ShouldBe("xyz");
        back["iss"].ShouldBe(App.Url);
        back.ShouldNotContainKey("code");
    }

    [Fact]
    public async Task A_question_is_answered_once()
    {
        var page = (await Http.ReadAsync(Question())).Ok().Text;
        var ticket = page.Split("name=\"ticket\" value=\"")[1].Split('"')[0];
        await PostAsync("/oauth2/authorize", [], ("ticket", ticket), ("decision", "allow"), ("account", "ada"));

        (await PostAsync("/oauth2/authorize", [], ("ticket", ticket), ("decision", "allow"), ("account", "ada"))).Is(400).MediaType.ShouldBe("text/html");
    }

    [Theory]
    [InlineData("scope", "notes.read moon.walk", "invalid_scope")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "", "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", "", "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    public async Task What_is_wrong_is_brought_back(string parameter, string value, string error)
    {
        var back = BroughtBack(await Http.ReadAsync(Question((parameter, value))));

        back["error"].ShouldBe(error);
        back["state"].ShouldBe("xyz");
        back["iss"].ShouldBe(App.Url);
    }

    [Theory]
    [InlineData("https://somewhere.example/oauth/callback/more")]
    [InlineData("https://somewhere.example/oauth/callback?more=1")]
    [InlineData("https://somewhere.example/x/../oauth/callback")]
    [InlineData("https://user@somewhere.example/oauth/callback")]
    [InlineData("http://somewhere.example/oauth/callback")]
    [InlineData("/oauth/callback")]
    [InlineData("")]
    public async Task Another_address_than_a_callback_gets_a_page_and_no_redirect(string redirectUri)
    {
        var page = (await Http.ReadAsync(Question(("redirect_uri", redirectUri)))).Is(400);

        page.Text.ShouldContain("redirect_uri_mismatch");
        page.Headers.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("https://product.example/oauth/callback")]
    [InlineData("https://product.example:8443/oauth/callback")]
    [InlineData("http://127.0.0.1:40123/oauth/callback")]
    public async Task The_callback_may_be_anywhere_unless_a_list_says_otherwise(string redirectUri)
    {
        (await Http.ReadAsync(Question(("redirect_uri", redirectUri)))).Ok();

        await App.OAuth2Async(new { redirect_uris = new[] { Callback } });

        (await Http.ReadAsync(Question(("redirect_uri", redirectUri)))).Is(400).Text.ShouldContain("redirect_uri_mismatch");
        (await Http.ReadAsync(Question())).Ok();
    }

    [Fact]
    public async Task An_unknown_client_gets_a_page_and_no_redirect() =>
        (await Http.ReadAsync(Question(("client_id", "stranger")))).Is(400).Text.ShouldContain("unauthorized_client");

    [Fact]
    public async Task A_client_without_a_secret_needs_a_code_challenge() =>
        BroughtBack(await Http.ReadAsync(Question(("client_id", "sample-public"), ("code_challenge", ""), ("code_challenge_method", ""))))["error"].ShouldBe("invalid_request");

    [Theory]
    [InlineData("deny", "allow it")]
    [InlineData("admin_required", "Admin consent")]
    public async Task It_refuses_without_asking_when_told_to(string consent, string words)
    {
        await App.OAuth2Async(new { consent });

        var back = BroughtBack(await Http.ReadAsync(Question()));

        back["error"].ShouldBe("access_denied");
        back["error_description"].ShouldContain(words);
    }

    [Fact]
    public async Task It_allows_as_the_bot_without_asking_when_told_to()
    {
        await App.OAuth2Async(new { consent = "allow" });

        var tokens = (await RedeemAsync(BroughtBack(await Http.ReadAsync(Question()))["code"])).Ok().Json;

        (await CallAsync("/api/me", tokens)).Ok().Json.Text("email").ShouldBe("bot@sample.example");
    }

    [Fact]
    public async Task The_page_is_in_no_cache_and_no_frame()
    {
        var page = (await Http.ReadAsync(Question())).Ok();

        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Headers.GetValues("Content-Security-Policy").ShouldBe(["frame-ancestors 'none'"]);
    }

    [Fact]
    public async Task A_pushed_request_is_used_once_and_by_its_client_alone()
    {
        var pushed = (await PushAsync()).Is(201).Json;
        pushed["expires_in"]!.GetValue<int>().ShouldBe(90);

        BroughtBack(await DecideAsync($"/oauth2/authorize?client_id=sample-client&request_uri={pushed.Text("request_uri")}"))["state"].ShouldBe("xyz");
        (await Http.ReadAsync($"/oauth2/authorize?client_id=sample-client&request_uri={pushed.Text("request_uri")}")).Is(400).Text.ShouldContain("invalid_request_uri");
        var stolen = (await PushAsync()).Json.Text("request_uri");
        (await Http.ReadAsync($"/oauth2/authorize?client_id=sample-public&request_uri={stolen}")).Is(400);
    }

    [Fact]
    public async Task A_pushed_request_is_good_for_ninety_seconds()
    {
        var uri = (await PushAsync()).Json.Text("request_uri");
        Clock.Advance(TimeSpan.FromSeconds(90));

        (await Http.ReadAsync($"/oauth2/authorize?client_id=sample-client&request_uri={uri}")).Is(400);
    }

    [Theory]
    [InlineData("client_secret", "wrong", 401, "invalid_client")]
    [InlineData("redirect_uri", "https://somewhere.example/", 400, "redirect_uri_mismatch")]
    [InlineData("scope", "moon.walk", 400, "invalid_scope")]
    [InlineData("request_uri", "urn:x", 400, "invalid_request")]
    public async Task What_is_wrong_with_a_pushed_request_is_said_at_once(string parameter, string value, int status, string error) =>
        (await PushAsync((parameter, value))).Is(status).Json.Text("error").ShouldBe(error);

    private Task<Answer> PushAsync(params (string, string)[] changes) => PostAsync("/oauth2/par", changes,
        ("response_type", "code"), ("client_id", "sample-client"), ("client_secret", "sample-client-secret"), ("redirect_uri", Callback), ("state", "xyz"),
        ("code_challenge", Challenge), ("code_challenge_method", "S256"));
}
