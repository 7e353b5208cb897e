using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>How the token endpoint keeps clients waiting, and what has happened by then.</summary>
public sealed class TokenDelayTests(ClockedSampleApp app) : OAuth2Scene(app)
{
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

        // The code runs out during the wait: had it been redeemed before, there would be tokens.
        await AdvanceUntilAsync(redeeming, TimeSpan.FromSeconds(60));
        (await redeeming).Is(400).Json.Text("error").ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_client_that_leaves_before_the_redemption_has_lost_nothing()
    {
        var tokens = await ConnectAsync();
        await App.OAuth2Async(new { token_delay_ms = 60_000, delay_after_redemption = false });
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        using var content = Form([("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token")!), ("client_id", "sample-client"), ("client_secret", "sample-client-secret")]);
        await Should.ThrowAsync<OperationCanceledException>(Http.PostAsync("/oauth2/token", content, leaving.Token));

        await App.OAuth2Async(new { token_delay_ms = 0 });

        (await RefreshAsync(tokens)).Ok().Json.Text("refresh_token").ShouldNotBeNullOrEmpty();
        (await CountAsync("reuses")).ShouldBe(0);
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

        var letter = new byte[1];
        await body.ReadExactlyAsync(letter, TestContext.Current.CancellationToken);
        letter.ShouldBe("{"u8.ToArray());
        var next = body.ReadExactlyAsync(letter, TestContext.Current.CancellationToken).AsTask();
        next.IsCompleted.ShouldBeFalse();
        await AdvanceUntilAsync(next, TimeSpan.FromSeconds(1));

        await next;
        letter.ShouldBe("\""u8.ToArray());
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
