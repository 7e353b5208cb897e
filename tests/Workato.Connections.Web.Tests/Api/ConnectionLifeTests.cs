using Microsoft.Extensions.DependencyInjection;
using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>The life of a connection over the REST API, on whichever database.</summary>
public abstract class ConnectionLifeTests(Product product) : IAsyncDisposable
{
    private static readonly object RightKey = new { auth_type = "api_key", api_key = "sample-key-bot" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_made_with_a_right_key_is_connected_and_tells_whose_account_it_is()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);

        connection.Text("authorization_status").ShouldBe("success");
        connection.Text("connected_as").ShouldBe("bot@sample.example");
        connection["authorized_at"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_connection_made_with_a_wrong_password_is_kept_as_failed_and_says_why()
    {
        var connection = await product.CreateAsync("sample_app", new { auth_type = "basic", username = "bot", password = "wrong" });

        connection.Text("authorization_status").ShouldBe("failed");
        connection.Text("authorization_error")!.ShouldContain("did not accept the credentials");
        connection["authorized_at"].ShouldBeNull();
    }

    [Fact]
    public async Task A_connection_made_while_the_app_is_down_is_an_exception_and_not_a_failure()
    {
        await product.SampleApp.BehaveAsync("down");

        var connection = await product.CreateAsync("sample_app", RightKey);

        connection.Text("authorization_status").ShouldBe("exception");
        connection.Text("authorization_error")!.ShouldContain("503");
    }

    [Fact]
    public async Task A_shell_connection_stores_the_credentials_without_asking_the_app()
    {
        await product.SampleApp.ResetAsync();

        var shell = (await product.Api.SendAsync("/api/connections", new { name = "Shell", provider = "sample_app", shell_connection = true, input = RightKey })).Ok().Json;

        shell["authorization_status"].ShouldBeNull();
        shell["has_credentials"]!.GetValue<bool>().ShouldBeTrue();
        (await AppRequestsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_shell_connection_is_connected_by_its_first_test()
    {
        var shell = (await product.Api.SendAsync("/api/connections", new { name = "Shell", provider = "sample_app", shell_connection = true, input = RightKey })).Ok().Json;

        var tested = (await product.Api.SendAsync($"/api/connections/{shell.Id}/test")).Ok().Json;

        tested.Text("authorization_status").ShouldBe("success");
        (await product.GetConnectionAsync(shell.Id)).Text("connected_as").ShouldBe("bot@sample.example");
    }

    [Fact]
    public async Task An_empty_shell_is_connected_later_under_the_same_id()
    {
        var shell = (await product.Api.SendAsync("/api/connections", new { name = "Empty", provider = "sample_app", shell_connection = true })).Ok().Json;

        var connected = (await product.Api.ChangeAsync($"/api/connections/{shell.Id}", new { input = RightKey })).Ok().Json;

        shell["has_credentials"]!.GetValue<bool>().ShouldBeFalse();
        connected.Id.ShouldBe(shell.Id);
        connected.Text("authorization_status").ShouldBe("success");
    }

    [Fact]
    public async Task A_test_says_what_the_app_says_now_and_the_connection_remembers_it()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);
        await product.SampleApp.ChangeApiKeyAsync("bot", "another-key");

        var tested = (await product.Api.SendAsync($"/api/connections/{connection.Id}/test")).Ok().Json;

        tested.Text("authorization_status").ShouldBe("failed");
        var now = await product.GetConnectionAsync(connection.Id);
        now.Text("authorization_status").ShouldBe("failed");
        now["connection_lost_at"].ShouldNotBeNull();
        now.Text("connection_lost_reason").ShouldBe(now.Text("authorization_error"));
    }

    [Fact]
    public async Task A_test_while_the_app_is_down_does_not_count_as_a_lost_connection()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);
        await product.SampleApp.BehaveAsync("down");

        await product.Api.SendAsync($"/api/connections/{connection.Id}/test");

        var now = await product.GetConnectionAsync(connection.Id);
        now.Text("authorization_status").ShouldBe("exception");
        now["connection_lost_at"].ShouldBeNull();
    }

    [Fact]
    public async Task A_lost_connection_is_found_again_by_a_test_that_succeeds()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);
        await product.SampleApp.BehaveAsync("reject");
        await product.Api.SendAsync($"/api/connections/{connection.Id}/test");
        await product.SampleApp.BehaveAsync("ok");

        await product.Api.SendAsync($"/api/connections/{connection.Id}/test");

        var now = await product.GetConnectionAsync(connection.Id);
        now.Text("authorization_status").ShouldBe("success");
        now["connection_lost_at"].ShouldBeNull();
        now["connection_lost_reason"].ShouldBeNull();
    }

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

    [Fact]
    public async Task Disconnecting_takes_the_credentials_and_the_status_away_and_leaves_the_connection()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);

        var answer = (await product.Api.SendAsync($"/api/connections/{connection.Id}/disconnect")).Ok().Json;

        answer.ToJsonString().ShouldBe("""{"success":true,"status":"disconnected"}""");
        var now = await product.GetConnectionAsync(connection.Id);
        now["has_credentials"]!.GetValue<bool>().ShouldBeFalse();
        foreach (var gone in new[] { "authorization_status", "authorization_error", "authorized_at", "connected_as", "tested_at", "connection_lost_at" }) now[gone].ShouldBeNull(gone);
    }

    [Fact]
    public async Task Disconnecting_twice_changes_nothing_the_second_time()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);
        await product.Api.SendAsync($"/api/connections/{connection.Id}/disconnect");
        var before = await product.GetConnectionAsync(connection.Id);

        (await product.Api.SendAsync($"/api/connections/{connection.Id}/disconnect", new { force = true })).Ok();

        (await product.GetConnectionAsync(connection.Id)).ToJsonString().ShouldBe(before.ToJsonString());
    }

    [Fact]
    public async Task A_disconnected_connection_is_reconnected_in_place()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);
        await product.Api.SendAsync($"/api/connections/{connection.Id}/disconnect");

        var again = (await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { input = new { api_key = "sample-key-ada" } })).Ok().Json;

        again.Id.ShouldBe(connection.Id);
        again.Text("authorization_status").ShouldBe("success");
        (await CallMeAsync(connection.Id)).ShouldBe("ada@sample.example");
    }

    [Fact]
    public async Task A_disconnected_connection_takes_wrong_credentials_and_says_that_they_failed()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);
        await product.Api.SendAsync($"/api/connections/{connection.Id}/disconnect");

        var again = (await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { input = new { api_key = "wrong" } })).Ok().Json;

        again.Text("authorization_status").ShouldBe("failed");
    }

    [Fact]
    public async Task A_deleted_connection_is_gone()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);

        (await product.Api.RemoveAsync($"/api/connections/{connection.Id}")).Ok().Text.ShouldBe("""{"success":true}""");

        (await product.Api.ReadAsync($"/api/connections/{connection.Id}")).Is(404).Message.ShouldBe("Connection not found");
        (await product.Api.RemoveAsync($"/api/connections/{connection.Id}")).Is(404);
    }

    [Fact]
    public async Task What_is_in_use_is_not_disconnected_and_the_answer_names_what_uses_it()
    {
        var connection = await InUseAsync();

        var refused = (await product.Api.SendAsync($"/api/connections/{connection.Id}/disconnect")).Is(409);

        refused.Message.ShouldContain("recipe 'Close the month' (12)");
        refused.Json["in_use_by"]![0]!["name"]!.GetValue<string>().ShouldBe("Close the month");
        (await CallMeAsync(connection.Id)).ShouldBe("bot@sample.example");
    }

    [Fact]
    public async Task What_is_in_use_is_disconnected_by_force()
    {
        var connection = await InUseAsync();

        (await product.Api.SendAsync($"/api/connections/{connection.Id}/disconnect", new { force = true })).Ok();

        (await product.GetConnectionAsync(connection.Id))["has_credentials"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_in_use_is_not_deleted()
    {
        var connection = await InUseAsync();

        (await product.Api.RemoveAsync($"/api/connections/{connection.Id}")).Is(409).Message.ShouldContain("Close the month");

        await CallMeAsync(connection.Id);
    }

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

    [Fact]
    public async Task Credentials_altered_in_the_database_are_told_and_repaired_in_place()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);
        await AlterSealedSecretsAsync(connection.Id);

        (await product.Api.SendAsync($"/api/connections/{connection.Id}/test")).Is(409).Message.ShouldContain("Enter them again");

        (await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { input = RightKey })).Ok().Json.Text("authorization_status").ShouldBe("success");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await product.SampleApp.ResetAsync();
    }

    private async Task<JsonObject> InUseAsync()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);
        product.Users.InUse[connection.Id] = new("recipe", 12, "Close the month");
        return connection;
    }

    private async Task<(JsonObject Parent, JsonObject Child)> FamilyAsync()
    {
        var parent = await product.CreateAsync("sample_app", RightKey);
        var child = await product.Api.SendAsync("/api/connections", new { name = "Child", provider = "sample_app", parent_id = parent.Id, external_id = "user-1", input = RightKey });
        return (parent, child.Ok().Json);
    }

    private async Task<string?> CallMeAsync(int id) => (await product.Api.ReadAsync($"/api/connections/{id}/call/api/me")).Ok().Json.Text("email");

    private async Task<int> AppRequestsAsync() => (await product.SampleApp.Http.ReadAsync("/control")).Json["requests"]!.GetValue<int>();

    private async Task AlterSealedSecretsAsync(int id)
    {
        await using var scope = product.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Workato.Connections.Data.ConnectionsDbContext>();
        var row = await db.Connections.FindAsync([id], Cancel);
        row!.SealedSecrets = [.. row.SealedSecrets!.Reverse()];
        await db.SaveChangesAsync(Cancel);
    }

    private static string Without(JsonObject json, params string[] names)
    {
        var rest = json.DeepClone().AsObject();
        foreach (var name in names) rest.Remove(name);
        return rest.ToJsonString();
    }
}

public sealed class ConnectionLifeOnSqlite(ProductOnSqlite product) : ConnectionLifeTests(product), IClassFixture<ProductOnSqlite>;

public sealed class ConnectionLifeOnPostgres(ProductOnPostgres product) : ConnectionLifeTests(product), IClassFixture<ProductOnPostgres>;
