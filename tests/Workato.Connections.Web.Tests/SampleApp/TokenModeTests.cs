using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>How the token endpoint misbehaves when it is told to.</summary>
public sealed class TokenModeTests : OAuth2Scene
{
    [Theory]
    [InlineData("down", 503, "text/html")]
    [InlineData("html", 200, "text/html")]
    [InlineData("redirect", 302, null)]
    [InlineData("error_200", 200, "application/json")]
    [InlineData("error_200_transient", 200, "application/json")]
    public async Task Out_of_order_it_redeems_nothing(string mode, int status, string? mediaType)
    {
        var tokens = await ConnectAsync();
        await App.OAuth2Async(new { token_mode = mode });

        (await RefreshAsync(tokens)).Is(status).MediaType.ShouldBe(mediaType);

        (await CountAsync("redemptions")).ShouldBe(0);
        await App.OAuth2Async(new { token_mode = "ok" });
        (await RefreshAsync(tokens)).Ok();
    }

    [Theory]
    [InlineData("error_200", "invalid_grant")]
    [InlineData("error_200_transient", "service_unavailable")]
    public async Task It_says_200_and_an_error(string mode, string error)
    {
        await App.OAuth2Async(new { token_mode = mode });

        var answer = (await RedeemAsync("x")).Ok().Json;

        answer["ok"]!.GetValue<bool>().ShouldBeFalse();
        answer.Text("error").ShouldBe(error);
    }

    [Fact]
    public async Task It_answers_with_nothing_and_has_redeemed_all_the_same()
    {
        var tokens = await ConnectAsync();
        await App.OAuth2Async(new { token_mode = "empty" });

        (await RefreshAsync(tokens)).Ok().Text.ShouldBeEmpty();

        (await CountAsync("redemptions")).ShouldBe(1);
    }

    [Fact]
    public async Task It_answers_with_a_token_type_nobody_asked_for() =>
        (await ConnectInModeAsync("wrong_token_type")).Text("token_type").ShouldBe("mac");

    [Fact]
    public async Task It_answers_with_a_life_below_zero() =>
        (await ConnectInModeAsync("negative_expires_in"))["expires_in"]!.GetValue<int>().ShouldBeLessThan(0);

    [Fact]
    public async Task It_answers_with_five_megabytes() =>
        (await ConnectInModeAsync("huge")).Text("padding")!.Length.ShouldBe(5 * 1024 * 1024);

    [Fact]
    public async Task It_gives_no_refresh_token_and_then_keeps_the_old_one_good()
    {
        var tokens = await ConnectAsync();
        (await ConnectInModeAsync("no_refresh_token")).ContainsKey("refresh_token").ShouldBeFalse();

        (await RefreshAsync(tokens)).Ok().Json.ContainsKey("refresh_token").ShouldBeFalse();
        (await RefreshAsync(tokens)).Ok();
    }

    [Fact]
    public async Task It_says_how_long_a_token_lives_as_text_or_not_at_all()
    {
        await App.OAuth2Async(new { access_token_seconds = 60, expires_in_as_text = true });
        (await ConnectAsync()).Text("expires_in").ShouldBe("60");

        await App.OAuth2Async(new { send_expires_in = false });
        (await ConnectAsync()).ContainsKey("expires_in").ShouldBeFalse();
    }

    [Fact]
    public async Task It_grants_something_else_than_was_asked()
    {
        await App.OAuth2Async(new { grant_scopes = new[] { "profile" } });
        (await ConnectAsync()).Text("scope").ShouldBe("profile");

        await App.OAuth2Async(new { grant_scopes = (string[]?)null });
        (await ConnectAsync()).Text("scope").ShouldBe("notes.read profile");
    }

    [Theory]
    [InlineData("""{"token_delay_ms":60000}""")]
    [InlineData("""{"token_mode":"hang"}""")]
    public async Task A_client_that_leaves_while_it_waits_has_used_its_refresh_token_up(string change)
    {
        var tokens = await ConnectAsync();
        await App.OAuth2Async(JsonNode.Parse(change)!);
        await AbandonedRefreshAsync(tokens, until: () => CountAsync("redemptions"));

        await App.OAuth2Async(new { token_delay_ms = 0, token_mode = "ok" });

        (await RefreshAsync(tokens)).Is(400).Json.Text("error").ShouldBe("invalid_grant");
        (await CountAsync("reuses")).ShouldBe(1);
    }

    [Fact]
    public async Task It_waits_before_it_redeems_when_told_to()
    {
        await App.OAuth2Async(new { token_delay_ms = 60_000, delay_after_redemption = false });
        var redeeming = RedeemAsync(await CodeAsync());

        (await CountAsync("codes_redeemed")).ShouldBe(0);

        // The code would not outlive the wait, if it were not that a held request has arrived; so it waits in one step.
        await AdvanceUntilAsync(redeeming, TimeSpan.FromSeconds(60));
        (await redeeming).Is(400).Json.Text("error").ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task It_answers_after_the_delay()
    {
        await App.OAuth2Async(new { token_delay_ms = 30_000 });
        var redeeming = RedeemAsync(await CodeAsync());
        await UntilAsync(() => CountAsync("codes_redeemed"));
        redeeming.IsCompleted.ShouldBeFalse();

        await AdvanceUntilAsync(redeeming, TimeSpan.FromSeconds(30));

        (await redeeming).Ok().Json.Text("access_token").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task It_drips_a_byte_per_second()
    {
        await App.OAuth2Async(new { token_mode = "drip" });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/token")
        {
            Content = Form([("grant_type", "client_credentials"), ("client_id", "sample-client"), ("client_secret", "sample-client-secret")]),
        };
        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);

        var bytes = new byte[100];
        (await body.ReadAsync(bytes, TestContext.Current.CancellationToken)).ShouldBe(1);
        var next = body.ReadAsync(bytes, TestContext.Current.CancellationToken).AsTask();
        await AdvanceUntilAsync(next, TimeSpan.FromSeconds(1));

        (await next).ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"token_mode":"polite"}""", "token_mode")]
    [InlineData("""{"rotation":"sometimes"}""", "rotation")]
    [InlineData("""{"consent":"maybe"}""", "consent")]
    [InlineData("""{"token_delay_ms":-1}""", "token_delay_ms")]
    [InlineData("""{"token_delay_ms":"long"}""", "token_delay_ms")]
    [InlineData("""{"acess_token_seconds":1}""", "acess_token_seconds")]
    [InlineData("""{"rotation":null}""", "rotation")]
    public async Task What_it_cannot_be_told_it_says(string change, string field) =>
        (await Http.ChangeAsync("/control/oauth2", JsonNode.Parse(change)!)).Is(400).Json.Text("field").ShouldBe(field);

    private async Task<JsonObject> ConnectInModeAsync(string mode)
    {
        await App.OAuth2Async(new { token_mode = mode });
        return await ConnectAsync();
    }

    private async Task AbandonedRefreshAsync(JsonObject tokens, Func<Task<int>> until)
    {
        using var leaving = new CancellationTokenSource();
        using var content = Form([("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token")!), ("client_id", "sample-client"), ("client_secret", "sample-client-secret")]);
        var abandoned = Http.PostAsync("/oauth2/token", content, leaving.Token);
        await UntilAsync(until);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(abandoned);
    }

    private static async Task UntilAsync(Func<Task<int>> count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await count() == 0) limit.Token.ThrowIfCancellationRequested();
    }

    // Whoever waits may begin to after the clock was moved: it is moved until they come.
    private async Task AdvanceUntilAsync(Task waiting, TimeSpan step)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!waiting.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            Clock.Advance(step);
            await Task.WhenAny(waiting, Http.GetAsync("/control/oauth2", limit.Token));
        }
    }
}
