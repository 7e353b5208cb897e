using System.Text.Json.Nodes;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Authorizing;

/// <summary>Custom OAuth profiles over the REST API, as Workato's scripts ask for them.</summary>
public abstract class OAuthProfileTests(Product product)
{
    private const string Profiles = "/api/custom_oauth_profiles";

    [Fact]
    public async Task A_profile_is_made_as_workatos_documents_show_it()
    {
        var made = await MakeAsync(new { name = "Desk", provider = OAuthDesk.Provider, data = new { client_id = "client-1", client_secret = "hush", token = "a verification token" } });

        made.ShouldHaveShape(Shapes.OAuthProfile);
        (made.Text("name"), made.Text("provider"), made["data"]!.ToJsonString()).ShouldBe(("Desk", OAuthDesk.Provider, """{"client_id":"client-1"}"""));
        (made["shared_accounts_count"]!.GetValue<int>(), made["oem_customers_count"]!.GetValue<int>()).ShouldBe((0, 0));
        made["user_id"]!.GetValue<int>().ShouldBe((await product.Api.ReadAsync("/api/users/me")).Ok().Json.Id);
    }

    [Fact]
    public async Task It_is_found_by_its_id_and_in_the_list_and_says_how_many_connections_use_it()
    {
        var made = await product.AddOAuthAppAsync("Used");
        await product.ConnectByAsync(made, "One");
        await product.ConnectByAsync(made, "Two");

        var found = (await product.Api.ReadAsync($"{Profiles}/{made.Id}")).Ok().Json["result"]!.AsObject();
        found["shared_accounts_count"]!.GetValue<int>().ShouldBe(2);
        (await ListAsync("")).Single(p => p!["id"]!.GetValue<int>() == made.Id)!.ToJsonString().ShouldBe(found.ToJsonString());
    }

    [Fact]
    public async Task The_list_comes_page_by_page_and_by_app()
    {
        for (var i = 0; i < 3; i++) await product.AddOAuthAppAsync($"Page {i}");
        var all = (await ListAsync("")).Select(p => p!["id"]!.GetValue<int>()).ToArray();

        (await ListAsync("?page=2&per_page=2")).Select(p => p!["id"]!.GetValue<int>()).ShouldBe(all[2..Math.Min(4, all.Length)]);
        (await ListAsync($"?provider={OAuthDesk.Provider}")).Count.ShouldBe(all.Length);
        (await ListAsync("?provider=gmail")).ShouldBeEmpty();
        (await ListAsync("?page=1000&per_page=100")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_left_out_of_a_change_stays()
    {
        var made = await product.AddOAuthAppAsync("Before");

        var changed = (await product.Api.ChangeAsync($"{Profiles}/{made.Id}", new { name = "After", data = new { client_secret = "other" } })).Ok().Json["result"]!.AsObject();

        (changed.Text("name"), changed["data"]!["client_id"]!.GetValue<string>()).ShouldBe(("After", "client-1"));
    }

    [Fact]
    public async Task It_does_not_move_to_another_app()
    {
        var made = await product.AddOAuthAppAsync("Stays");

        (await product.Api.ChangeAsync($"{Profiles}/{made.Id}", new { provider = "gmail" })).Is(400).Fields.ShouldBe(["provider"]);
    }

    [Fact]
    public async Task One_that_nothing_uses_is_deleted()
    {
        var made = await product.AddOAuthAppAsync("Short-lived");

        (await product.Api.RemoveAsync($"{Profiles}/{made.Id}")).Ok().Text.ShouldBe("""{"success":true}""");

        (await product.Api.RemoveAsync($"{Profiles}/{made.Id}")).Is(404).Message.ShouldBe("Custom OAuth profile not found");
    }

    [Fact]
    public async Task One_in_use_stays_and_the_refusal_names_the_connections()
    {
        var made = await product.AddOAuthAppAsync("In use");
        var connection = await product.ConnectByAsync(made, "Month end");

        var refused = (await product.Api.RemoveAsync($"{Profiles}/{made.Id}")).Is(409);

        refused.Json["in_use_by"]!.ToJsonString().ShouldBe($$"""[{"kind":"connection","id":{{connection.Id}},"name":"Month end"}]""");
        (await product.Api.ReadAsync($"{Profiles}/{made.Id}")).Ok();
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once() =>
        (await product.Api.SendAsync(Profiles, new { data = new { client_secret = "" } })).Is(400).Fields.ShouldBe(["provider", "name", "data.client_id", "data.client_secret"]);

    private async Task<JsonObject> MakeAsync(object body) => (await product.Api.SendAsync(Profiles, body)).Ok().Json["result"]!.AsObject();

    private async Task<JsonArray> ListAsync(string query) => (await product.Api.ReadAsync(Profiles + query)).Ok().Json["result"]!.AsArray();
}

public sealed class OAuthProfileApiOnSqlite(OAuthOnSqlite product) : OAuthProfileTests(product), IClassFixture<OAuthOnSqlite>;

public sealed class OAuthProfileApiOnPostgres(OAuthOnPostgres product) : OAuthProfileTests(product), IClassFixture<OAuthOnPostgres>;
