using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>How tokens live, are renewed and end.</summary>
public sealed class RefreshTests : OAuth2Scene
{
    [Fact]
    public async Task A_refresh_token_gives_new_tokens_once()
    {
        var first = await ConnectAsync();

        var second = (await RefreshAsync(first)).Ok().Json;

        second.Text("refresh_token").ShouldNotBe(first.Text("refresh_token"));
        (await CallAsync("/api/notes", second)).Ok();
        (await CountAsync("redemptions")).ShouldBe(1);
        (await CountAsync("redemptions_per_generation")).ShouldBe(1);
        (await CountAsync("reuses")).ShouldBe(0);
        (await CountAsync("tokens_live")).ShouldBe(2);
    }

    [Fact]
    public async Task A_refresh_token_that_comes_again_ends_the_whole_family()
    {
        var first = await ConnectAsync();
        var second = (await RefreshAsync(first)).Ok().Json;

        (await RefreshAsync(first)).Is(400).Json.Text("error").ShouldBe("invalid_grant");

        (await RefreshAsync(second)).Is(400).Json.Text("error").ShouldBe("invalid_grant");
        (await CallAsync("/api/me", second)).Is(401);
        (await CountAsync("redemptions_per_generation")).ShouldBe(2);
        (await CountAsync("reuses")).ShouldBe(1);
        (await CountAsync("families_revoked")).ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_who_come_at_once_one_gets_tokens()
    {
        var tokens = await ConnectAsync();

        var statuses = (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefreshAsync(tokens)))).Select(answer => answer.Status);

        statuses.Count(status => status == 200).ShouldBe(1);
        (await CountAsync("redemptions")).ShouldBe(1);
        (await CountAsync("redemptions_per_generation")).ShouldBe(8);
    }

    [Fact]
    public async Task Reuse_leaves_the_family_alone_when_told_to()
    {
        await App.OAuth2Async(new { rotation = "rotate_without_family_revocation" });
        var first = await ConnectAsync();
        var second = (await RefreshAsync(first)).Ok().Json;

        (await RefreshAsync(first)).Is(400).Json.Text("error").ShouldBe("invalid_grant");

        (await RefreshAsync(second)).Ok();
    }

    [Fact]
    public async Task A_refresh_token_is_kept_when_told_to()
    {
        await App.OAuth2Async(new { rotation = "keep" });
        var tokens = await ConnectAsync();

        (await RefreshAsync(tokens)).Ok().Json.ContainsKey("refresh_token").ShouldBeFalse();
        (await RefreshAsync(tokens)).Ok();
        (await CountAsync("reuses")).ShouldBe(0);
    }

    [Fact]
    public async Task Fewer_scopes_may_be_asked_and_more_may_not()
    {
        var tokens = await ConnectAsync();

        (await RefreshAsync(tokens, ("scope", "notes.write"))).Is(400).Json.Text("error").ShouldBe("invalid_scope");
        (await RefreshAsync(tokens, ("scope", "profile"))).Ok().Json.Text("scope").ShouldBe("profile");
    }

    [Fact]
    public async Task Another_client_cannot_use_a_refresh_token_and_does_not_use_it_up()
    {
        var tokens = await ConnectAsync();

        (await RefreshAsync(tokens, ("client_id", "sample-public"), ("client_secret", ""))).Is(400).Json.Text("error").ShouldBe("invalid_grant");
        (await RefreshAsync(tokens)).Ok();
    }

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
