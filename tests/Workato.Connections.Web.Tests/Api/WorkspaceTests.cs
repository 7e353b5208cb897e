using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>What surrounds connections: the workspace and the connectors.</summary>
public abstract class WorkspaceTests(Product product)
{
    [Fact]
    public async Task The_workspace_is_described_with_every_field_workatos_clients_insist_on()
    {
        var me = (await product.Api.ReadAsync("/api/users/me")).Ok().Json;

        me.ShouldHaveShape(Shapes.User);
        var root = (await product.Api.ReadAsync("/api/folders")).Ok().Items.Single(f => f!["parent_id"] is null);
        me["root_folder_id"]!.GetValue<int>().ShouldBe(root!["id"]!.GetValue<int>());
    }

    [Fact]
    public async Task Connectors_have_every_field_workatos_clients_insist_on()
    {
        var items = (await product.Api.ReadAsync("/api/integrations")).Ok().Json["items"]!.AsArray();

        items.Count.ShouldBeGreaterThan(25);
        foreach (var item in items) item.ShouldHaveShape(Shapes.Integration);
        foreach (var action in items.SelectMany(i => i!["actions"]!.AsArray())) action.ShouldHaveShape(Shapes.Operation);
    }

    [Fact]
    public async Task Connectors_are_looked_up_by_their_ids()
    {
        var found = (await product.Api.ReadAsync("/api/integrations?applications=rest,%20sample_app,no_such")).Ok().Json["items"]!.AsArray();

        found.Select(i => i!["name"]!.GetValue<string>()).ShouldBe(["rest", "sample_app"], ignoreOrder: true);
    }

    [Fact]
    public async Task All_connectors_come_page_by_page_with_their_count()
    {
        var names = new List<string>();
        for (int page = 1, count = 1; names.Count < count; page++)
        {
            var answer = (await product.Api.ReadAsync($"/api/integrations/all?page={page}&per_page=20")).Ok().Json;
            (answer["page"]!.GetValue<int>(), answer["per_page"]!.GetValue<int>()).ShouldBe((page, 20));
            count = answer["count"]!.GetValue<int>();
            var items = answer["items"]!.AsArray();
            items.Count.ShouldBeGreaterThan(0);
            names.AddRange(items.Select(i => i!["name"]!.GetValue<string>()));
        }

        names.ShouldBeUnique();
        names.ShouldBe((await product.Api.ReadAsync("/api/integrations")).Ok().Json["items"]!.AsArray().Select(i => i!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_page_behind_the_last_one_is_empty() =>
        (await product.Api.ReadAsync("/api/integrations/all?page=1000000&per_page=100")).Ok().Json["items"]!.AsArray().ShouldBeEmpty();

    [Fact]
    public async Task A_connector_tells_the_fields_of_each_way_to_sign_in()
    {
        var connector = (await product.Api.ReadAsync("/api/integrations/sample_app")).Ok().Json;

        connector.Text("choose_by").ShouldBe("auth_type");
        var basic = connector["sign_in"]!.AsArray().Single(w => w!["name"]!.GetValue<string>() == "basic")!;
        basic["input"]!.AsArray().Select(f => f!["name"]!.GetValue<string>()).ShouldBe(["url", "username", "password"]);
        basic["input"]!.AsArray().Where(f => f!["secret"]!.GetValue<bool>()).ShouldHaveSingleItem()!["name"]!.GetValue<string>().ShouldBe("password");
    }

    [Fact]
    public async Task A_connector_that_is_not_there_is_suggested_a_near_one() =>
        (await product.Api.ReadAsync("/api/integrations/sample_ap")).Is(404).Message.ShouldContain("did you mean 'sample_app'");

    [Fact]
    public async Task There_are_no_custom_connectors_and_the_list_says_so_in_workatos_envelope() =>
        (await product.Api.ReadAsync("/api/custom_connectors")).Ok().Text.ShouldBe("""{"result":[]}""");

    [Fact]
    public async Task The_code_of_a_custom_connector_is_not_found() =>
        (await product.Api.ReadAsync("/api/custom_connectors/1/code")).Is(404).Message.ShouldBe("Custom connector not found");
}

public sealed class WorkspaceOnSqlite(ProductOnSqlite product) : WorkspaceTests(product), IClassFixture<ProductOnSqlite>;

public sealed class WorkspaceOnPostgres(ProductOnPostgres product) : WorkspaceTests(product), IClassFixture<ProductOnPostgres>;
