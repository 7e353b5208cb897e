using System.Text;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Privileges;

/// <summary>Roles over the REST API, in Workato's shapes.</summary>
public sealed class RoleTests(ProductOnSqlite product) : IClassFixture<ProductOnSqlite>
{
    private const string Roles = "/api/roles";

    [Fact]
    public async Task The_products_own_come_first_with_what_they_allow()
    {
        var roles = (await product.Api.ReadAsync(Roles)).Ok().Items;

        roles.Take(4).Select(r => r!["name"]!.GetValue<string>()).ShouldBe(["Owner", "Admin", "Analyst", "Operator"]);
        foreach (var role in roles) role.ShouldHaveShape(Shapes.Role);
        roles[3]!["privileges"]!.ToJsonString().ShouldBe("""{"Projects":["read"],"Folders":["read"],"Recipes":["read","run","read_run_history"]}""");
    }

    [Fact]
    public async Task A_role_is_made_changed_copied_and_deleted()
    {
        var made = (await SendAsync(HttpMethod.Post, Roles, """{"name":"Keeper","privileges":{"Connections":["read","use"]}}""")).Ok().Json;
        var changed = (await SendAsync(HttpMethod.Put, $"{Roles}/{made.Id}", """{"description":"Keeps","privileges":{"Connections":["read"],"Activity audit":["read"]}}""")).Ok().Json;
        var copy = (await product.Api.SendAsync($"{Roles}/{made.Id}/copy")).Ok().Json;
        var named = (await product.Api.SendAsync($"{Roles}/{made.Id}/copy", new { name = "Named" })).Ok().Json;

        (changed.Text("name"), changed.Text("description")).ShouldBe(("Keeper", "Keeps"));
        (copy.Text("name"), named.Text("name")).ShouldBe(("Keeper copy", "Named"));
        copy["privileges"]!.ToJsonString().ShouldBe("""{"Connections":["read"],"Activity audit":["read"]}""");
        (await product.Api.RemoveAsync($"{Roles}/{copy.Id}")).Ok();
        (await product.Api.ReadAsync($"{Roles}/{copy.Id}")).Is(404);
    }

    [Fact]
    public async Task A_role_that_is_changed_counts_at_once_for_who_has_it()
    {
        var role = await product.AddRoleAsync("Counting", new Dictionary<string, string[]> { ["Connections"] = ["read"] });
        using var http = await product.ClientAsync("counting", role);
        (await http.ReadAsync("/api/connections")).Ok();

        (await SendAsync(HttpMethod.Put, $"{Roles}/{role}", """{"privileges":{"Activity audit":["read"]}}""")).Ok();

        (await http.ReadAsync("/api/connections")).Is(403);
    }

    [Fact]
    public async Task A_role_in_use_names_who_has_it()
    {
        var role = await product.AddRoleAsync("Used", new Dictionary<string, string[]> { ["Connections"] = ["read"] });
        using var http = await product.ClientAsync("user of a role", role);

        var answer = (await product.Api.RemoveAsync($"{Roles}/{role}")).Is(409);

        answer.Json["in_use_by"]!.AsArray().ShouldHaveSingleItem()!["name"]!.GetValue<string>().ShouldBe("user of a role");
    }

    [Fact]
    public async Task System_roles_are_never_changed()
    {
        (await SendAsync(HttpMethod.Put, $"{Roles}/{RoleIds.Operator}", """{"privileges":{"Activity audit":["read"]}}""")).Is(403).Message.ShouldContain("is the product's own");
        (await product.Api.RemoveAsync($"{Roles}/{RoleIds.Owner}")).Is(403);
    }

    [Theory]
    [InlineData("""{"privileges":{"Activity audit":["read"]}}""", "name")]
    [InlineData("""{"name":"x"}""", "privileges")]
    [InlineData("""{"name":"x","privileges":{}}""", "privileges")]
    [InlineData("""{"name":"x","privileges":{"Conections":["read"]}}""", "privileges.Conections")]
    [InlineData("""{"name":"x","privileges":{"Connections":["reed"]}}""", "privileges.Connections")]
    [InlineData("""{"name":"x","privileges":{"Connections":[null]}}""", "privileges.Connections")]
    [InlineData("""{"name":"x","privileges":{"Workspace":["own"]}}""", "privileges")]
    [InlineData("""{"name":"Admin","privileges":{"Connections":["read"]}}""", "name")]
    [InlineData("""{"name":"x","privileges":{"Connections":["read"]},"folder_ids":[1]}""", "folder_ids")]
    [InlineData("""{"name":"x","privileges":{"Connections":["read"]},"all_folders":false}""", "all_folders")]
    [InlineData("""{"name":"x","privileges":["read"]}""", "privileges")]
    [InlineData("""{"name":"x","privileges":{"Connections":"read"}}""", "privileges.Connections")]
    [InlineData("""{"name":"x","privileges":{"Connections":["read"]},"colour":"red"}""", "colour")]
    public async Task What_is_wrong_is_named_with_what_is_allowed(string body, string field) => (await SendAsync(HttpMethod.Post, Roles, body)).Is(400).Fields.ShouldBe([field]);

    [Fact]
    public async Task A_misspelt_verb_hears_which_there_are() =>
        (await SendAsync(HttpMethod.Post, Roles, """{"name":"x","privileges":{"Connections":["reed"]}}""")).Is(400).Text.ShouldContain("allowed: read, create, update, delete, use, authorize");

    private Task<Answer> SendAsync(HttpMethod method, string path, string body) => product.Api.AskAsync(method, path, new StringContent(body, Encoding.UTF8, "application/json"));
}
