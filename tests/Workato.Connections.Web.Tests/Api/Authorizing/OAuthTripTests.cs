using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Authorizing;

/// <summary>Connecting by OAuth and living on its tokens, as a script and the people it sends away see it, on whichever database.</summary>
public abstract partial class OAuthTripTests(Product product) : IAsyncLifetime
{
    private readonly Traveller somebody = new(product);

    [Fact]
    public async Task A_link_connects_the_connection_it_was_made_for()
    {
        var id = (await Traveller.ShellAsync(product)).Id;

        var page = (await somebody.ReturnAsync(await somebody.LeaveAsync(id))).Ok();

        page.Text.ShouldContain("is connected to Sample app as bot@sample.example");
        var connection = await product.GetConnectionAsync(id);
        connection.Text("authorization_status").ShouldBe("success");
        connection.Text("connected_as").ShouldBe("bot@sample.example");
        connection["granted_scopes"]!.AsArray().Select(s => s!.GetValue<string>()).ShouldBe(["profile", "notes.read"], ignoreOrder: true);
        connection["token_expires_at"].ShouldNotBeNull();
        connection["token_renewal_at"].ShouldNotBeNull();
    }

    [Fact]
    public async Task OAuth_1_goes_through_the_same_door()
    {
        var id = await Traveller.ConnectAsync(product, "oauth1");

        (await product.Api.ReadAsync($"/api/connections/{id}/call/api/me")).Ok().Json.Text("signed_in_by").ShouldBe("oauth1");
    }

    [Fact]
    public async Task A_link_works_once()
    {
        var id = (await Traveller.ShellAsync(product)).Id;
        var link = await somebody.LinkAsync(id);
        await somebody.LeaveAsync(id, link);

        (await somebody.Browser.Http.ReadAsync(link)).Is(404).Text.ShouldContain("does not work any more");
    }

    [Fact]
    public async Task Looking_at_a_link_does_not_use_it_up()
    {
        var id = (await Traveller.ShellAsync(product)).Id;
        var link = await somebody.LinkAsync(id);
        await somebody.Browser.Http.ReadAsync(link);

        (await somebody.ReturnAsync(await somebody.LeaveAsync(id, link))).Ok();
    }

    [Fact]
    public async Task A_connection_that_needs_no_trip_has_no_link()
    {
        var id = (await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" })).Id;

        (await product.Api.ReadAsync($"/api/connections/runtime_user_connections/{id}/get_oauth_url")).Is(400).Text.ShouldContain("needs no trip");
        (await product.Api.ReadAsync("/api/connections/runtime_user_connections/999999/get_oauth_url")).Is(404);
    }

    [Fact]
    public async Task Creating_and_connecting_at_once_is_refused_with_what_to_do_instead() =>
        (await product.Api.SendAsync("/api/connections", new { name = "x", provider = "sample_app", input = new { auth_type = "oauth2" } })).Is(400).Text.ShouldContain("get_oauth_url");

    [Theory]
    [InlineData("", "says nothing about who asked")]
    [InlineData("?code=abc&state=made-up", "Nobody here asked")]
    [InlineData("?error=access_denied", "says nothing about who asked")]
    [InlineData("?state=a&state=b&code=c", "says nothing about who asked")]
    [InlineData("?oauth_token=made-up&oauth_verifier=v", "Nobody here asked")]
    public async Task A_callback_nobody_asked_for_is_told_so(string query, string words) =>
        (await somebody.ReturnAsync("/oauth/callback" + query)).Is(400).Text.ShouldContain(words);

    [Fact]
    public async Task A_callback_counts_once()
    {
        var id = (await Traveller.ShellAsync(product)).Id;
        var callback = await somebody.LeaveAsync(id);
        (await somebody.ReturnAsync(callback)).Ok();

        (await somebody.ReturnAsync(callback)).Is(400).Text.ShouldContain("used already");
        (await product.GetConnectionAsync(id)).Text("authorization_status").ShouldBe("success");
    }

    [Fact]
    public async Task A_callback_counts_only_in_the_browser_that_began_it_and_is_not_used_up_by_another()
    {
        var id = (await Traveller.ShellAsync(product)).Id;
        var callback = await somebody.LeaveAsync(id);
        using var other = new Traveller(product);

        (await other.ReturnAsync(callback)).Is(400).Text.ShouldContain("another browser");

        (await product.GetConnectionAsync(id))["authorization_status"].ShouldBeNull();
        (await somebody.ReturnAsync(callback)).Ok();
    }

    [Theory]
    [InlineData("deny", "Access was denied at Sample app")]
    [InlineData("admin_required", "wants an administrator")]
    public async Task Whom_the_app_sends_back_without_a_permission_reads_why_and_nothing_is_changed(string consent, string words)
    {
        var id = (await Traveller.ShellAsync(product)).Id;
        await product.SampleApp.OAuth2Async(new { consent });

        (await somebody.ReturnAsync(await somebody.LeaveAsync(id))).Is(400).Text.ShouldContain(words);

        (await product.GetConnectionAsync(id))["authorization_status"].ShouldBeNull();
    }

    [Theory]
    [InlineData("html")]
    [InlineData("error_200")]
    [InlineData("huge")]
    [InlineData("redirect")]
    [InlineData("wrong_token_type")]
    [InlineData("empty")]
    [InlineData("down")]
    public async Task A_token_endpoint_that_talks_nonsense_connects_nothing_and_is_told_in_words(string mode)
    {
        var id = (await Traveller.ShellAsync(product)).Id;
        await product.SampleApp.OAuth2Async(new { token_mode = mode });

        var page = (await somebody.ReturnAsync(await somebody.LeaveAsync(id))).Is(400);

        page.Text.ShouldContain("Not connected");
        page.Text.ShouldContain("Sample app");
        page.Text.ShouldNotContain("sample-client-secret");
        (await product.GetConnectionAsync(id))["has_credentials"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task A_life_that_is_no_length_of_time_is_no_life_that_is_known()
    {
        var id = (await Traveller.ShellAsync(product)).Id;
        await product.SampleApp.OAuth2Async(new { token_mode = "negative_expires_in" });

        (await somebody.ReturnAsync(await somebody.LeaveAsync(id))).Ok();

        (await product.GetConnectionAsync(id))["token_expires_at"].ShouldBeNull();
    }

    [Fact]
    public async Task Connecting_again_keeps_the_id_and_what_works_until_the_new_is_proved()
    {
        var id = await Traveller.ConnectAsync(product);
        await product.SampleApp.OAuth2Async(new { consent = "deny" });
        (await somebody.ReturnAsync(await somebody.LeaveAsync(id))).Is(400);
        (await product.Api.ReadAsync($"/api/connections/{id}/call/api/me")).Ok();

        await product.SampleApp.OAuth2Async(new { consent = "allow" });
        (await somebody.ReturnAsync(await somebody.LeaveAsync(id))).Ok();

        (await product.Api.ReadAsync($"/api/connections/{id}/call/api/me")).Ok();
    }

    public async ValueTask InitializeAsync()
    {
        await product.SampleApp.ResetAsync();
        await product.SampleApp.OAuth2Async(new { consent = "allow" });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        somebody.Dispose();
        await product.SampleApp.ResetAsync();
    }

    private async Task<int> RedemptionsAsync() => (await product.SampleApp.OAuth2Async())["redemptions"]!.GetValue<int>();

    private static string? Status(JsonObject connection) => connection.Text("authorization_status");
}

public sealed class OAuthTripOnSqlite(ProductOnSqlite product) : OAuthTripTests(product), IClassFixture<ProductOnSqlite>;

public sealed class OAuthTripOnPostgres(ProductOnPostgres product) : OAuthTripTests(product), IClassFixture<ProductOnPostgres>;
