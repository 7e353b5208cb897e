using System.Net.Http.Headers;
using System.Text;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>What a code is good for, and for whom.</summary>
public sealed class CodeTests : OAuth2Scene
{
    [Fact]
    public async Task A_code_gives_tokens_for_what_was_allowed_to_whom()
    {
        var answer = (await RedeemAsync(await CodeAsync())).Ok();

        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Json.Text("token_type").ShouldBe("Bearer");
        answer.Json.Text("scope").ShouldBe("notes.read profile");
        answer.Json["expires_in"]!.GetValue<int>().ShouldBe(3600);
        answer.Json.Text("refresh_token").ShouldNotBeNullOrEmpty();
        var me = (await CallAsync("/api/me", answer.Json)).Ok().Json;
        me.Text("email").ShouldBe("ada@sample.example");
        me.Text("signed_in_by").ShouldBe("oauth2");
    }

    [Theory]
    [InlineData("code_verifier", "wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong")]
    [InlineData("code_verifier", "short")]
    [InlineData("code_verifier", "")]
    [InlineData("redirect_uri", "http://localhost:5081/oauth/callback")]
    [InlineData("redirect_uri", "")]
    public async Task A_code_is_refused_to_whoever_did_not_ask_for_it(string parameter, string value) =>
        (await RedeemAsync(await CodeAsync(), (parameter, value))).Is(400).Json.Text("error").ShouldBe("invalid_grant");

    [Fact]
    public async Task A_verifier_for_a_code_without_challenge_is_refused() =>
        (await RedeemAsync(await CodeAsync(("code_challenge", ""), ("code_challenge_method", "")))).Is(400).Json.Text("error").ShouldBe("invalid_grant");

    [Fact]
    public async Task Another_client_cannot_use_a_code_and_does_not_use_it_up()
    {
        var code = await CodeAsync();

        (await RedeemAsync(code, ("client_id", "sample-public"), ("client_secret", ""))).Is(400).Json.Text("error").ShouldBe("invalid_grant");
        (await RedeemAsync(code)).Ok();
    }

    [Fact]
    public async Task A_code_that_comes_twice_ends_the_tokens_it_gave()
    {
        var code = await CodeAsync();
        var tokens = (await RedeemAsync(code)).Ok().Json;

        (await RedeemAsync(code)).Is(400).Json.Text("error").ShouldBe("invalid_grant");

        (await CallAsync("/api/me", tokens)).Is(401);
        (await RefreshAsync(tokens)).Is(400).Json.Text("error").ShouldBe("invalid_grant");
        (await CountAsync("codes_redeemed")).ShouldBe(1);
        (await CountAsync("families_revoked")).ShouldBe(1);
    }

    [Fact]
    public async Task A_code_is_good_for_a_minute()
    {
        var (inTime, late) = (await CodeAsync(), await CodeAsync());

        Clock.Advance(TimeSpan.FromSeconds(59));
        (await RedeemAsync(inTime)).Ok();
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await RedeemAsync(late)).Is(400).Json.Text("error").ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_client_without_a_secret_proves_itself_by_its_verifier()
    {
        var code = await CodeAsync(("client_id", "sample-public"));

        (await RedeemAsync(code, ("client_id", "sample-public"), ("client_secret", ""))).Ok();
    }

    [Fact]
    public async Task The_secret_may_come_in_the_header_with_each_half_form_encoded()
    {
        (await ByHeaderAsync("sample%2Dclient:sample-client-secret")).Ok();

        (await ByHeaderAsync("sample-client:sample-client+secret")).Is(401);
    }

    [Theory]
    [InlineData("client_secret", "wrong")]
    [InlineData("client_secret", "")]
    [InlineData("client_id", "stranger")]
    [InlineData("client_id", "sample-public")]
    public async Task A_client_that_is_not_who_it_says_is_refused(string parameter, string value)
    {
        var answer = (await RedeemAsync(await CodeAsync(), (parameter, value))).Is(401);

        answer.Json.Text("error").ShouldBe("invalid_client");
        answer.Headers.WwwAuthenticate.ToString().ShouldStartWith("Basic");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    [InlineData("grant_type", "", "invalid_request")]
    [InlineData("code", "nonsense", "invalid_grant")]
    [InlineData("code", "", "invalid_grant")]
    public async Task What_is_wrong_has_the_words_of_the_RFC(string parameter, string value, string error) =>
        (await RedeemAsync("x", (parameter, value))).Is(400).Json.Text("error").ShouldBe(error);

    [Fact]
    public async Task A_parameter_that_comes_twice_is_refused() =>
        (await PostAsync("/oauth2/token", [], ("grant_type", "refresh_token"), ("grant_type", "refresh_token"))).Is(400).Json.Text("error").ShouldBe("invalid_request");

    [Fact]
    public async Task A_body_that_is_no_form_is_refused() =>
        (await Http.SendAsync("/oauth2/token", new { grant_type = "client_credentials" })).Is(400).Json.Text("error").ShouldBe("invalid_request");

    private async Task<Answer> ByHeaderAsync(string pair)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/token") { Content = Form([("grant_type", "client_credentials")]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        return await Http.AskAsync(request);
    }
}
