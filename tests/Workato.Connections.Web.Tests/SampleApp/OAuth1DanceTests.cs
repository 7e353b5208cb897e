using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>How a consumer gets a token from the sample app, by way of a person.</summary>
public sealed class OAuth1DanceTests : OAuth1Scene
{
    [Fact]
    public async Task A_person_allows_it_and_the_token_acts_for_them()
    {
        (await BeginAsync()).Ok().Text.ShouldContain("oauth_callback_confirmed=true");

        var me = (await SendAsync("/api/echo", await ConnectAsync())).Ok().Json;

        me.Text("account").ShouldBe("ada");
    }

    [Fact]
    public async Task The_callback_gets_its_own_query_back_with_token_and_verifier()
    {
        var temporary = await TemporaryAsync();

        var back = BroughtBack(await DecideAsync(temporary));

        back["state"].ShouldBe("xyz");
        back["oauth_token"].ShouldBe(temporary.Token);
        back["oauth_verifier"].ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Denied_it_says_so_and_there_is_no_verifier()
    {
        var back = BroughtBack(await DecideAsync(await TemporaryAsync(), "deny"));

        back["oauth_problem"].ShouldBe("permission_denied");
        back.ShouldNotContainKey("oauth_verifier");
    }

    [Fact]
    public async Task A_question_is_answered_once()
    {
        var temporary = await TemporaryAsync();
        await DecideAsync(temporary);

        (await Http.ReadAsync($"/oauth1/authorize?oauth_token={temporary.Token}")).Is(400);
        (await Http.SendAsync("/oauth1/authorize", new FormUrlEncodedContent([new("ticket", temporary.Token), new("decision", "allow"), new("account", "bot")]))).Is(400);
    }

    [Fact]
    public async Task A_verifier_is_checked_and_good_for_one_token()
    {
        var temporary = await TemporaryAsync();
        var verifier = BroughtBack(await DecideAsync(temporary))["oauth_verifier"];

        IsRefused(await CompleteAsync(temporary, "wrong"), "verifier_invalid");
        (await CompleteAsync(temporary, verifier)).Ok();
        IsRefused(await CompleteAsync(temporary, verifier), "token_rejected");
    }

    [Theory]
    [InlineData("https://somewhere.example/elsewhere")]
    [InlineData("http://somewhere.example/oauth/callback")]
    public async Task Another_address_than_a_callback_is_refused(string callback) =>
        (await BeginAsync(callback)).Is(400).Text.ShouldContain("oauth_problem=parameter_rejected");

    [Fact]
    public async Task Without_an_address_the_person_carries_the_verifier_over()
    {
        var temporary = Credentials((await BeginAsync("oob")).Ok());
        var page = (await DecideAsync(temporary)).Ok().Text;

        (await CompleteAsync(temporary, page.Split("<code>")[1].Split('<')[0])).Ok();
    }

    [Fact]
    public async Task Nobody_need_be_asked_when_it_is_told_so()
    {
        (await Http.ChangeAsync("/control/oauth1", new { consent = "allow" })).Ok();
        var temporary = await TemporaryAsync();

        BroughtBack(await Http.ReadAsync($"/oauth1/authorize?oauth_token={temporary.Token}"))["oauth_verifier"].ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_permission_can_be_taken_back_from_outside()
    {
        var token = await ConnectAsync();
        (await Http.SendAsync("/control/oauth1/revoke", new { username = "ada" })).Ok();

        IsRefused(await SendAsync("/api/echo", token), "token_revoked");
    }
}
