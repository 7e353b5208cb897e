using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>Connections have parents.</summary>
public abstract partial class ConnectionLifeTests
{
    [Fact]
    public async Task A_parent_is_a_connection_of_the_same_provider()
    {
        var parent = await product.CreateAsync("sample_app", RightKey);

        var child = (await product.Api.SendAsync("/api/connections", new { name = "Child", provider = "sample_app", parent_id = parent.Id, external_id = "user-1", input = RightKey })).Ok().Json;

        child["parent_id"]!.GetValue<int>().ShouldBe(parent.Id);
        child.Text("external_id").ShouldBe("user-1");
    }

    [Fact]
    public async Task A_parent_of_another_provider_is_refused()
    {
        var parent = (await product.Api.SendAsync("/api/connections", new { name = "Other", provider = "rest", shell_connection = true })).Ok().Json;

        (await product.Api.SendAsync("/api/connections", new { name = "Child", provider = "sample_app", parent_id = parent.Id, input = RightKey })).Is(400).Fields.ShouldBe(["parent_id"]);
    }

    [Fact]
    public async Task A_child_is_nobodys_parent()
    {
        var (_, child) = await FamilyAsync();

        (await product.Api.SendAsync("/api/connections", new { name = "Grandchild", provider = "sample_app", parent_id = child.Id, input = RightKey })).Is(400).Fields.ShouldBe(["parent_id"]);
    }

    [Fact]
    public async Task A_parent_does_not_become_a_child()
    {
        var (parent, _) = await FamilyAsync();
        var another = await product.CreateAsync("sample_app", RightKey);

        (await product.Api.ChangeAsync($"/api/connections/{parent.Id}", new { parent_id = another.Id })).Is(400).Fields.ShouldBe(["parent_id"]);
    }

    [Fact]
    public async Task A_connection_is_not_its_own_parent()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);

        (await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { parent_id = connection.Id })).Is(400).Fields.ShouldBe(["parent_id"]);
    }

    [Fact]
    public async Task A_parent_is_not_deleted_before_its_children()
    {
        var (parent, child) = await FamilyAsync();

        (await product.Api.RemoveAsync($"/api/connections/{parent.Id}")).Is(409).Message.ShouldContain($"runtime user connection 'Child' ({child.Id})");
        (await product.Api.RemoveAsync($"/api/connections/{child.Id}")).Ok();
        (await product.Api.RemoveAsync($"/api/connections/{parent.Id}")).Ok();
    }
}
