using System.Text.Json.Nodes;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Authorization;

/// <summary>What an address does not show: ids inside a body, and privileges that depend on what is in it.</summary>
public sealed class AccessInBodiesTests(ProductOnSqlite product) : IClassFixture<ProductOnSqlite>
{
    private static readonly JsonObject Key = new() { ["auth_type"] = "no_auth", ["base_uri"] = "https://example.com" };

    [Fact]
    public async Task A_folder_out_of_reach_is_none()
    {
        var (mine, theirs) = (await ProjectAsync(), await ProjectAsync());
        var client = await product.ProgramAsync("Analyst", mine.Project);

        var refused = (await client.SendAsync("/api/connections", new { name = "A", provider = "rest", folder_id = theirs.Folder })).Is(400);
        refused.Fields.ShouldBe(["folder_id"]);
        var made = (await client.SendAsync("/api/connections", new { name = "A", provider = "rest", folder_id = mine.Folder })).Ok().Json;

        (await client.ChangeAsync($"/api/connections/{made.Id}", new { folder_id = theirs.Folder })).Is(400).Fields.ShouldBe(["folder_id"]);
        (await client.SendAsync("/api/folders", new { name = "B", parent_id = theirs.Folder })).Is(400).Fields.ShouldBe(["parent_id"]);
        (await client.SendAsync("/api/folders", new { name = "B", parent_id = mine.Folder })).Ok();
    }

    [Fact]
    public async Task A_parent_out_of_reach_is_none()
    {
        var (mine, theirs) = (await ProjectAsync(), await ProjectAsync());
        var parent = (await product.Api.SendAsync("/api/connections", new { name = "P", provider = "rest", folder_id = theirs.Folder })).Ok().Json.Id;
        var client = await product.ProgramAsync("Analyst", mine.Project);

        (await client.SendAsync("/api/connections", new { name = "A", provider = "rest", folder_id = mine.Folder, parent_id = parent })).Is(400).Fields.ShouldBe(["parent_id"]);
    }

    [Fact]
    public async Task Whoever_does_not_reach_Home_must_say_where()
    {
        var client = await product.ProgramAsync("Analyst", (await ProjectAsync()).Project);

        (await client.SendAsync("/api/connections", new { name = "A", provider = "rest" })).Is(400).Fields.ShouldBe(["folder_id"]);
        (await client.SendAsync("/api/folders", new { name = "A project" })).Is(403).Message.ShouldContain("chosen projects");
    }

    [Fact]
    public async Task Lists_show_what_is_in_reach()
    {
        var (mine, theirs) = (await ProjectAsync(), await ProjectAsync());
        foreach (var place in new[] { mine, theirs }) (await product.Api.SendAsync("/api/connections", new { name = "A", provider = "rest", folder_id = place.Folder })).Ok();
        var client = await product.ProgramAsync("Analyst", mine.Project);

        (await client.ReadAsync("/api/connections")).Ok().Items.Select(c => c!["folder_id"]!.GetValue<int>()).ShouldBe([mine.Folder]);
        (await client.ReadAsync($"/api/connections?folder_id={theirs.Folder}")).Ok().Items.ShouldBeEmpty();
        (await client.ReadAsync("/api/projects")).Ok().Ids.ShouldBe([mine.Project]);
        (await client.ReadAsync("/api/folders")).Ok().Ids.ShouldBe([mine.Folder]);
    }

    [Fact]
    public async Task One_prepares_a_connection_and_another_connects_it()
    {
        await product.RoleAsync("Preparer", Privilege.ReadConnections, Privilege.CreateConnections, Privilege.UpdateConnections);
        await product.RoleAsync("Connector", Privilege.ReadConnections, Privilege.AuthorizeConnections);
        var (preparer, connector) = (await product.ProgramAsync("Preparer"), await product.ProgramAsync("Connector"));

        (await preparer.SendAsync("/api/connections", new { name = "A", provider = "rest", input = Key.DeepClone() })).Is(403).Message.ShouldContain("'Connections: authorize'");
        var id = (await preparer.SendAsync("/api/connections", new { name = "A", provider = "rest" })).Ok().Json.Id;
        (await preparer.ChangeAsync($"/api/connections/{id}", new { input = Key.DeepClone() })).Is(403);
        (await connector.ChangeAsync($"/api/connections/{id}", new { name = "B" })).Is(403).Message.ShouldContain("'Connections: update'");
        (await connector.ChangeAsync($"/api/connections/{id}", new { input = Key.DeepClone(), shell_connection = true })).Ok();
        (await preparer.ChangeAsync($"/api/connections/{id}", new { name = "B" })).Ok().Json["name"]!.GetValue<string>().ShouldBe("B");
    }

    [Fact]
    public async Task Calling_takes_the_privilege_to_use_and_nothing_else()
    {
        await product.RoleAsync("Caller", Privilege.UseConnections);
        await product.RoleAsync("Looker", Privilege.ReadConnections, Privilege.UpdateConnections, Privilege.AuthorizeConnections);
        var (_, id) = await ConnectedAsync();

        (await (await product.ProgramAsync("Caller")).ReadAsync($"/api/connections/{id}/call/api/me")).Ok();
        (await (await product.ProgramAsync("Caller")).ReadAsync($"/api/connections/{id}")).Is(403);
        (await (await product.ProgramAsync("Looker")).ReadAsync($"/api/connections/{id}/call/api/me")).Is(403).Message.ShouldContain("'Connections: use'");
    }

    private async Task<(int Project, int Id)> ConnectedAsync()
    {
        var place = await ProjectAsync();
        var made = (await product.Api.SendAsync("/api/connections", new
        {
            name = "Sample",
            provider = "sample_app",
            folder_id = place.Folder,
            input = new { auth_type = "basic", username = "ada", password = "analytical-engine" },
        })).Ok().Json;
        return (place.Project, made.Id);
    }

    private async Task<(int Project, int Folder)> ProjectAsync()
    {
        var made = (await product.Api.SendAsync("/api/folders", new { name = Guid.NewGuid().ToString("N") })).Ok().Json;
        return (made["project_id"]!.GetValue<int>(), made.Id);
    }
}
