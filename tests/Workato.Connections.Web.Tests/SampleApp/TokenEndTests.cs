using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>How tokens end: by time, by their client, or from outside.</summary>
public sealed class TokenEndTests(ClockedSampleApp app) : OAuth2Scene(app)
{
    [Fact]
    public async Task An_access_token_is_good_for_an_hour()
    {
        var tokens = await ConnectAsync();
        Clock.Advance(TimeSpan.FromSeconds(3599));
        (await CallAsync("/api/me", tokens)).Ok();

        Clock.Advance(TimeSpan.FromSeconds(1));

        (await CallAsync("/api/me", tokens)).Is(401).Headers.WwwAuthenticate.ToString().ShouldContain("error=\"invalid_token\"");
        (await RefreshAsync(tokens)).Ok();
    }

    [Fact]
    public async Task An_account_s_access_tokens_can_be_ended_from_outside()
    {
        var tokens = await ConnectAsync();

        await App.ExpireTokensAsync("ada");

        (await CallAsync("/api/me", tokens)).Is(401);
        (await CallAsync("/api/me", (await RefreshAsync(tokens)).Ok().Json)).Ok();
    }

    [Fact]
    public async Task Everything_an_account_allowed_can_be_taken_back_from_outside()
    {
        var tokens = await ConnectAsync();

        await App.RevokeTokensAsync("ada");

        (await CallAsync("/api/me", tokens)).Is(401);
        (await RefreshAsync(tokens)).Is(400).Json.Text("error").ShouldBe("invalid_grant");
        (await CountAsync("tokens_live")).ShouldBe(0);
    }

    [Theory]
    [InlineData("access_token", true)]
    [InlineData("refresh_token", false)]
    public async Task A_client_gives_tokens_back(string which, bool refreshStaysGood)
    {
        var tokens = await ConnectAsync();

        (await RevokeAsync(tokens.Text(which)!)).Ok();

        (await CallAsync("/api/me", tokens)).Is(401);
        (await RefreshAsync(tokens)).Status.ShouldBe(refreshStaysGood ? 200 : 400);
    }

    [Fact]
    public async Task A_token_nobody_knows_counts_as_given_back_and_a_stranger_s_does_not()
    {
        var tokens = await ConnectAsync();

        (await RevokeAsync("nonsense")).Ok();
        (await RevokeAsync(tokens.Text("access_token")!, ("client_id", "sample-public"), ("client_secret", ""))).Is(400);
        (await CallAsync("/api/me", tokens)).Ok();
    }

    [Fact]
    public async Task A_reset_forgets_everything()
    {
        var tokens = await ConnectAsync();
        await App.OAuth2Async(new { rotation = "keep", consent = "allow" });

        await App.ResetAsync();

        (await CallAsync("/api/me", tokens)).Is(401);
        var now = await App.OAuth2Async();
        now.Text("rotation").ShouldBe("rotate");
        now["codes_redeemed"]!.GetValue<int>().ShouldBe(0);
    }

    private Task<Answer> RevokeAsync(string token, params (string, string)[] changes) => PostAsync("/oauth2/revoke", changes,
        ("token", token), ("client_id", "sample-client"), ("client_secret", "sample-client-secret"));
}
