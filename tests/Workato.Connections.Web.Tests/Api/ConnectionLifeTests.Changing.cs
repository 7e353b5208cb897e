using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>Connections are changed.</summary>
public abstract partial class ConnectionLifeTests
{
    [Fact]
    public async Task Renaming_changes_the_name_and_nothing_else()
    {
        var before = await product.CreateAsync("sample_app", RightKey);

        var after = (await product.Api.ChangeAsync($"/api/connections/{before.Id}", new { name = "  Month end  " })).Ok().Json;

        after.Text("name").ShouldBe("Month end");
        Without(after, "name", "updated_at").ShouldBe(Without(before, "name", "updated_at"));
    }

    [Fact]
    public async Task A_description_is_set_and_taken_away_again_by_an_empty_one()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);

        (await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { description = "For invoices" })).Ok().Json.Text("description").ShouldBe("For invoices");

        (await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { description = "" })).Ok().Json["description"].ShouldBeNull();
    }

    [Fact]
    public async Task Moving_to_another_folder_takes_the_connection_into_that_folders_project()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);
        var folder = (await product.Api.SendAsync("/api/folders", new { name = "Moved into" })).Ok().Json;

        var moved = (await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { folder_id = folder.Id })).Ok().Json;

        moved["folder_id"]!.GetValue<int>().ShouldBe(folder.Id);
        moved["project_id"]!.GetValue<int>().ShouldBe(folder["project_id"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_kind_of_account_and_the_environment_are_remembered_and_can_be_changed()
    {
        var made = (await product.Api.SendAsync("/api/connections", new { name = "Sandbox", provider = "sample_app", account = "personal", environment = "sandbox", input = RightKey })).Ok().Json;

        var changed = (await product.Api.ChangeAsync($"/api/connections/{made.Id}", new { account = "dedicated", environment = "production" })).Ok().Json;

        (made.Text("account"), made.Text("environment")).ShouldBe(("personal", "sandbox"));
        (changed.Text("account"), changed.Text("environment")).ShouldBe(("dedicated", "production"));
    }

    [Fact]
    public async Task A_new_secret_that_works_replaces_the_old_one()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);

        var changed = (await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { input = new { api_key = "sample-key-ada" } })).Ok().Json;

        changed.Text("connected_as").ShouldBe("ada@sample.example");
        (await CallMeAsync(connection.Id)).ShouldBe("ada@sample.example");
    }

    [Fact]
    public async Task A_new_secret_that_does_not_work_is_refused_and_the_old_one_goes_on_working()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);

        var refused = (await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { name = "Not renamed either", input = new { api_key = "wrong" } })).Is(422);

        refused.Message.ShouldContain("Nothing was changed");
        var now = await product.GetConnectionAsync(connection.Id);
        Without(now).ShouldBe(Without(connection));
        (await CallMeAsync(connection.Id)).ShouldBe("bot@sample.example");
    }

    [Fact]
    public async Task Another_way_to_sign_in_needs_its_own_fields_and_takes_the_old_ones_away()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);

        var changed = (await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { input = new { auth_type = "basic", username = "ada", password = "analytical-engine" } })).Ok().Json;

        changed.Text("sign_in_by").ShouldBe("basic");
        changed.Text("connected_as").ShouldBe("ada@sample.example");
    }

    [Fact]
    public async Task A_setting_is_changed_while_the_secret_stays()
    {
        var connection = await product.CreateAsync("rest", new { base_uri = product.SampleApp.Url, test_path = "api/me", auth_type = "headers", header_pair = "X-Api-Key: sample-key-bot" });

        var changed = (await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { input = new { base_uri = product.SampleApp.Url + "/api", test_path = "me" } })).Ok().Json;

        changed["input"]!["test_path"]!.GetValue<string>().ShouldBe("me");
        (await product.Api.ReadAsync($"/api/connections/{connection.Id}/call/me")).Ok();
    }

    [Fact]
    public async Task A_secret_does_not_follow_to_another_address_by_itself()
    {
        await using var elsewhere = await TinyApp.StartAsync(_ => throw new InvalidOperationException("must not be asked"));
        var connection = await product.CreateAsync("sample_app", RightKey);

        var refused = await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { input = new { url = elsewhere.Url } });

        refused.Is(400).Fields.ShouldBe(["input.api_key"]);
    }

    [Fact]
    public async Task Working_credentials_are_not_replaced_by_untested_ones()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);

        var refused = await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { shell_connection = true, input = new { api_key = "untested" } });

        refused.Is(400).Fields.ShouldBe(["shell_connection"]);
        (await CallMeAsync(connection.Id)).ShouldBe("bot@sample.example");
    }
}
