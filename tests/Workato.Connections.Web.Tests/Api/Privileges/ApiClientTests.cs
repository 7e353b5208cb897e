using System.Text.Json.Nodes;
using Workato.Connections.Auditing;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Privileges;

/// <summary>API clients over the REST API, as Workato's scripts ask for them.</summary>
public abstract class ApiClientTests(Product product)
{
    private const string Clients = "/api/developer_api_clients";

    [Fact]
    public async Task A_client_is_made_as_workatos_documents_show_it_and_its_token_is_told_once()
    {
        var folder = await product.AddProjectAsync("Of a client");
        var inside = (await product.Api.SendAsync("/api/folders", new { name = "Inside", parent_id = folder.Id })).Ok().Json;

        var answer = await product.Api.SendAsync(Clients, new { name = "Export", api_privilege_group_id = RoleIds.Operator, environment = "PROD", all_folders = false, folder_ids = new[] { inside.Id, folder.Id }, ip_allow_list = new[] { "127.0.0.1", "10.1.2.3/8" }, expires_at = "2050-01-31T08:00:00+02:00" });

        var made = answer.Ok().Json["result"]!.AsObject();
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        made.ShouldHaveShape(Shapes.ApiClient);
        made["folder_ids"]!.ToJsonString().ShouldBe($"[{folder.Id}]");
        (made.Text("ip_allow_list"), made["expires_at"]!.GetValue<DateTimeOffset>().UtcDateTime).ShouldBe(("127.0.0.1,10.0.0.0/8", new(2050, 1, 31, 6, 0, 0)));
        made.Token.ShouldStartWith("wrkc_");
        (await product.Api.ReadAsync($"{Clients}/{made.Id}")).Ok().Text.ShouldNotContain(made.Token);
        (await product.Api.ReadAsync(Clients)).Ok().Text.ShouldNotContain(made.Token);
        using var http = product.With(made.Token);
        (await http.ReadAsync("/api/projects")).Ok().Ids.ShouldBe([folder["project_id"]!.GetValue<int>()]);
    }

    [Fact]
    public async Task The_list_counts_all_and_comes_page_by_page()
    {
        for (var i = 0; i < 3; i++) await AddAsync($"Page {i}");

        var result = (await product.Api.ReadAsync($"{Clients}?page=2&per_page=2")).Ok().Json["result"]!;

        result["count"]!.GetValue<int>().ShouldBeGreaterThanOrEqualTo(4);
        result["items"]!.AsArray().Count.ShouldBe(2);
        result["items"]![0]!.ShouldHaveShape(Shapes.ApiClient);
    }

    [Fact]
    public async Task A_change_counts_at_once_and_what_is_left_out_stays()
    {
        var made = await AddAsync("Shrinking");
        using var http = product.With(made.Token);
        (await http.ReadAsync("/api/connections")).Ok();

        var changed = (await product.Api.ChangeAsync($"{Clients}/{made.Id}", new { api_privilege_group_id = RoleIds.Operator })).Ok().Json["result"]!.AsObject();

        (changed.Text("name"), changed["all_folders"]!.GetValue<bool>()).ShouldBe(("Shrinking", true));
        (await http.ReadAsync("/api/connections")).Is(403).Message.ShouldStartWith("You may not see connections.");
    }

    [Fact]
    public async Task A_new_token_ends_the_old_one_at_once()
    {
        var made = await AddAsync("Rotated");
        using var old = product.With(made.Token);
        (await old.ReadAsync("/api/users/me")).Ok();

        var again = (await product.Api.SendAsync($"{Clients}/{made.Id}/regenerate")).Ok().Json["result"]!.AsObject();

        (await old.ReadAsync("/api/users/me")).Is(401);
        using var http = product.With(again.Token);
        (await http.ReadAsync("/api/users/me")).Ok();
    }

    [Fact]
    public async Task An_end_and_addresses_can_be_taken_back()
    {
        var made = await product.AddClientAsync(new { name = "Freed", api_privilege_group_id = RoleIds.Analyst, all_folders = true, expires_at = "2050-01-31T08:00:00Z", ip_allow_list = "10.0.0.0/8" });

        var changed = (await product.Api.ChangeAsync($"{Clients}/{made.Id}", new { expires_at = (string?)null, ip_allow_list = Array.Empty<string>() })).Ok().Json["result"]!.AsObject();

        (changed.Text("expires_at"), changed.Text("ip_allow_list")).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("""{"name":"x","api_privilege_group_id":3}""", "folder_ids")]
    [InlineData("""{"name":"x","all_folders":true}""", "api_privilege_group_id")]
    [InlineData("""{"name":"x","api_privilege_group_id":99,"all_folders":true}""", "api_privilege_group_id")]
    [InlineData("""{"api_privilege_group_id":3,"all_folders":true}""", "name")]
    [InlineData("""{"name":"x","api_privilege_group_id":3,"folder_ids":[999999]}""", "folder_ids")]
    [InlineData("""{"name":"x","api_privilege_group_id":3,"folder_ids":1}""", "folder_ids")]
    [InlineData("""{"name":"x","api_privilege_group_id":3,"all_folders":true,"folder_ids":[1]}""", "folder_ids")]
    [InlineData("""{"name":"x","api_privilege_group_id":3,"all_folders":true,"ip_allow_list":["nowhere"]}""", "ip_allow_list")]
    [InlineData("""{"name":"x","api_privilege_group_id":3,"all_folders":true,"ip_allow_list":[1]}""", "ip_allow_list")]
    [InlineData("""{"name":"x","api_privilege_group_id":3,"all_folders":true,"ip_allow_list":{"a":1}}""", "ip_allow_list")]
    [InlineData("""{"name":"x","api_privilege_group_id":3,"all_folders":true,"expires_at":"2020-01-31T08:00:00Z"}""", "expires_at")]
    [InlineData("""{"name":"x","api_privilege_group_id":3,"all_folders":true,"expires_at":"soon"}""", "expires_at")]
    [InlineData("""{"name":"x","api_privilege_group_id":3,"all_folders":true,"environment":"STAGING"}""", "environment")]
    [InlineData("""{"name":"x","api_privilege_group_id":3,"all_folders":true,"colour":"red"}""", "colour")]
    public async Task What_is_wrong_is_named_and_nothing_is_made(string body, string field)
    {
        var before = await CountAsync();

        (await product.Api.SendAsync(Clients, new StringContent(body, System.Text.Encoding.UTF8, "application/json"))).Is(400).Fields.ShouldBe([field]);

        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Nobody_gives_a_client_more_than_they_have_and_it_is_written_down()
    {
        var (mine, other) = (await product.AddProjectAsync("Mine"), await product.AddProjectAsync("Not mine"));
        var role = await product.AddRoleAsync("Clerk", new Dictionary<string, string[]> { ["Developer API"] = ["read", "create", "update", "delete"], ["Connections"] = ["read"] });
        using var clerk = await product.ClientAsync("clerk", role, mine.Id);
        var bootstrap = (await product.Api.ReadAsync(Clients)).Ok().Json["result"]!["items"]![0]!.AsObject().Id;
        var before = await CountAsync();

        var folder = (await clerk.SendAsync(Clients, new { name = "x", api_privilege_group_id = role, folder_ids = new[] { other.Id } })).Is(403);
        folder.Message.ShouldBe($"You may not give access to the folder {other.Id}: you have none yourself.");
        folder.Fields.ShouldBe(["folder_ids"]);
        (await product.AuditAsync(AuditEvents.AccessRefused)).ShouldContain(e => e.Reason == folder.Message && e.ActorName == "clerk");
        (await clerk.SendAsync(Clients, new { name = "x", api_privilege_group_id = role, all_folders = true })).Is(403);
        (await clerk.SendAsync(Clients, new { name = "x", api_privilege_group_id = RoleIds.Operator, folder_ids = new[] { mine.Id } })).Is(403).Message.ShouldContain("Nobody gives away more than they have");
        (await clerk.SendAsync($"{Clients}/{bootstrap}/regenerate")).Is(403);
        (await clerk.RemoveAsync($"{Clients}/{bootstrap}")).Is(403);
        (await clerk.ChangeAsync($"{Clients}/{bootstrap}", new { name = "mine now" })).Is(403);

        (await CountAsync()).ShouldBe(before);
        (await clerk.SendAsync(Clients, new { name = "covered", api_privilege_group_id = role, folder_ids = new[] { mine.Id } })).Ok();
    }

    [Fact]
    public async Task Roles_to_choose_from_come_in_workatos_envelope()
    {
        var result = (await product.Api.ReadAsync("/api/developer_api_client_roles?per_page=2")).Ok().Json["result"]!;

        result["count"]!.GetValue<int>().ShouldBeGreaterThanOrEqualTo(4);
        result["items"]!.AsArray().Select(r => r!["name"]!.GetValue<string>()).ShouldBe(["Owner", "Admin"]);
    }

    private Task<JsonObject> AddAsync(string name) => product.AddClientAsync(new { name, api_privilege_group_id = RoleIds.Analyst, all_folders = true });

    private async Task<int> CountAsync() => (await product.Api.ReadAsync(Clients)).Ok().Json["result"]!["count"]!.GetValue<int>();
}

public sealed class ApiClientsOnSqlite(ProductOnSqlite product) : ApiClientTests(product), IClassFixture<ProductOnSqlite>;

public sealed class ApiClientsOnPostgres(ProductOnPostgres product) : ApiClientTests(product), IClassFixture<ProductOnPostgres>;
