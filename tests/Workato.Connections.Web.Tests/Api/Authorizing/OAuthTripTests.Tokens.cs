using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Authorizing;

/// <summary>What becomes of the tokens.</summary>
public abstract partial class OAuthTripTests
{
    [Fact]
    public async Task A_call_whose_access_token_is_rejected_is_repeated_with_a_new_one()
    {
        var id = await Traveller.ConnectAsync(product);
        await product.SampleApp.ExpireTokensAsync("bot");

        (await product.Api.ReadAsync($"/api/connections/{id}/call/api/me")).Ok().Json.Text("email").ShouldBe("bot@sample.example");

        (await RedemptionsAsync()).ShouldBe(1);
        Status(await product.GetConnectionAsync(id)).ShouldBe("success");
    }

    [Fact]
    public async Task An_app_may_end_token_after_token_as_long_as_each_of_them_worked()
    {
        var id = await Traveller.ConnectAsync(product);

        for (var round = 0; round < 3; round++)
        {
            await product.SampleApp.ExpireTokensAsync("bot");
            (await product.Api.ReadAsync($"/api/connections/{id}/call/api/me")).Ok();
        }

        Status(await product.GetConnectionAsync(id)).ShouldBe("success");
    }

    [Fact]
    public async Task An_app_that_rejects_what_it_has_just_issued_is_not_asked_for_more_and_more()
    {
        var id = await Traveller.ConnectAsync(product);
        await product.SampleApp.BehaveAsync("reject");

        for (var round = 0; round < 3; round++) (await product.Api.ReadAsync($"/api/connections/{id}/call/api/me")).Is(401);

        (await RedemptionsAsync()).ShouldBe(1);
        Status(await product.GetConnectionAsync(id)).ShouldBe("failed");
    }

    [Fact]
    public async Task A_call_with_a_body_is_repeated_with_its_body()
    {
        await product.SampleApp.OAuth2Async(new { grant_scopes = new[] { "profile", "notes.read", "notes.write" } });
        var id = await Traveller.ConnectAsync(product);
        await product.SampleApp.ExpireTokensAsync("bot");

        using var body = new StringContent("""{"text":"once"}""", System.Text.Encoding.UTF8, "application/json");

        (await product.Api.SendAsync($"/api/connections/{id}/call/api/notes", body)).Is(201).Json.Text("text").ShouldBe("once");
    }

    [Fact]
    public async Task Forty_calls_at_once_with_a_token_that_ended_share_one_renewal()
    {
        var id = await Traveller.ConnectAsync(product);
        await product.SampleApp.ExpireTokensAsync("bot");
        await product.SampleApp.OAuth2Async(new { token_delay_ms = 300 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => product.Api.ReadAsync($"/api/connections/{id}/call/api/me")));

        answers.ShouldAllBe(a => a.Status == 200);
        (await RedemptionsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_permission_taken_back_at_the_app_makes_the_connection_lost_and_says_why()
    {
        var id = await Traveller.ConnectAsync(product);
        await product.SampleApp.RevokeTokensAsync("bot");

        (await product.Api.ReadAsync($"/api/connections/{id}/call/api/me")).Is(401);

        var lost = await product.GetConnectionAsync(id);
        Status(lost).ShouldBe("failed");
        lost["connection_lost_at"].ShouldNotBeNull();
        lost.Text("connection_lost_reason")!.ShouldContain("has taken back the permission");
    }

    [Fact]
    public async Task A_lost_connection_is_repaired_in_place_by_connecting_again()
    {
        var id = await Traveller.ConnectAsync(product);
        await product.SampleApp.RevokeTokensAsync("bot");
        await product.Api.SendAsync($"/api/connections/{id}/test");

        (await somebody.ReturnAsync(await somebody.LeaveAsync(id))).Ok();

        var repaired = await product.GetConnectionAsync(id);
        Status(repaired).ShouldBe("success");
        repaired["connection_lost_at"].ShouldBeNull();
    }

    [Fact]
    public async Task An_app_that_rejects_and_issues_nothing_because_it_is_down_loses_nothing()
    {
        var id = await Traveller.ConnectAsync(product);
        await product.SampleApp.ExpireTokensAsync("bot");
        await product.SampleApp.OAuth2Async(new { token_mode = "down" });

        (await product.Api.ReadAsync($"/api/connections/{id}/call/api/me")).Is(401);

        var connection = await product.GetConnectionAsync(id);
        Status(connection).ShouldBe("exception");
        connection["connection_lost_at"].ShouldBeNull();
    }

    [Fact]
    public async Task Tokens_brought_along_connect_without_a_trip_and_are_renewed()
    {
        var (access, refresh) = await IssuedAsync();

        var connection = (await product.Api.SendAsync("/api/connections", new { name = "Brought", provider = "sample_app", oauth_token_pair = new { access_token = access, refresh_token = refresh } })).Ok().Json;
        await product.SampleApp.ExpireTokensAsync("bot");

        Status(connection).ShouldBe("success");
        (await product.Api.ReadAsync($"/api/connections/{connection.Id}/call/api/me")).Ok();
    }

    [Fact]
    public async Task Tokens_brought_along_that_the_app_does_not_know_do_not_replace_working_ones()
    {
        var id = await Traveller.ConnectAsync(product);

        (await product.Api.ChangeAsync($"/api/connections/{id}", new { oauth_token_pair = new { access_token = "sat_unknown" } })).Is(422);

        (await product.Api.ReadAsync($"/api/connections/{id}/call/api/me")).Ok();
    }

    [Fact]
    public async Task A_device_code_connects_once_somebody_entered_it()
    {
        await product.SampleApp.OAuth2Async(new { consent = "ask", device_interval_seconds = 0 });
        var id = (await Traveller.ShellAsync(product)).Id;

        var code = (await product.Api.SendAsync($"/api/connections/{id}/device_authorization")).Ok().Json;
        var before = (await product.Api.SendAsync($"/api/connections/{id}/device_authorization/state")).Ok().Json;

        code.Text("user_code").ShouldNotBeNullOrEmpty();
        code.Text("verification_uri")!.ShouldEndWith("/device");
        before.Text("state").ShouldBe("waiting");
        (await product.GetConnectionAsync(id))["has_credentials"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task A_device_code_that_was_allowed_connects()
    {
        await product.SampleApp.OAuth2Async(new { consent = "allow", device_interval_seconds = 0 });
        var id = (await Traveller.ShellAsync(product)).Id;
        (await product.Api.SendAsync($"/api/connections/{id}/device_authorization")).Ok();

        (await product.Api.SendAsync($"/api/connections/{id}/device_authorization/state")).Ok().Json.Text("state").ShouldBe("done");

        Status(await product.GetConnectionAsync(id)).ShouldBe("success");
        (await product.Api.SendAsync($"/api/connections/{id}/device_authorization/state")).Is(409);
    }

    [Fact]
    public async Task Disconnecting_revokes_the_tokens_at_the_app()
    {
        foreach (var other in (await product.Api.ReadAsync("/api/connections")).Ok().Ids) (await product.Api.RemoveAsync($"/api/connections/{other}")).Ok();
        var id = await Traveller.ConnectAsync(product);

        (await product.Api.SendAsync($"/api/connections/{id}/disconnect")).Ok();

        (await product.SampleApp.OAuth2Async())["tokens_live"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Disconnecting_leaves_the_permission_alone_that_another_connection_of_the_same_account_lives_on()
    {
        var (id, other) = (await Traveller.ConnectAsync(product), await Traveller.ConnectAsync(product));

        (await product.Api.SendAsync($"/api/connections/{id}/disconnect")).Ok();

        (await product.SampleApp.OAuth2Async())["tokens_live"]!.GetValue<int>().ShouldBeGreaterThan(0);
        (await product.Api.ReadAsync($"/api/connections/{other}/call/api/me")).Ok();
        (await product.Api.RemoveAsync($"/api/connections/{other}")).Ok();
    }

    [Fact]
    public async Task No_token_is_ever_shown()
    {
        var (access, refresh) = await IssuedAsync();
        var connection = (await product.Api.SendAsync("/api/connections", new { name = "Brought", provider = "sample_app", oauth_token_pair = new { access_token = access, refresh_token = refresh } })).Ok();

        var shown = connection.Text + (await product.Api.ReadAsync("/api/connections")).Text + (await product.Api.ReadAsync($"/api/connections/{connection.Json.Id}/call/api/echo")).Text + await File.ReadAllTextAsync(product.LogPath, TestContext.Current.CancellationToken);

        shown.ShouldNotContain(access);
        shown.ShouldNotContain(refresh);
    }

    // As another system would have got them.
    private async Task<(string Access, string Refresh)> IssuedAsync()
    {
        const string Callback = "http://localhost:5080/oauth/callback";
        var agreed = (await somebody.Browser.Http.ReadAsync($"{product.SampleApp.Url}/oauth2/authorize?response_type=code&client_id=sample-client&redirect_uri={Uri.EscapeDataString(Callback)}&scope=profile&state=s")).Is(303).Headers.Location!;
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = System.Web.HttpUtility.ParseQueryString(agreed.Query)["code"]!, ["redirect_uri"] = Callback,
            ["client_id"] = "sample-client", ["client_secret"] = "sample-client-secret",
        };
        var issued = (await product.SampleApp.Http.SendAsync("/oauth2/token", new FormUrlEncodedContent(form))).Ok().Json;
        return (issued.Text("access_token")!, issued.Text("refresh_token")!);
    }
}
