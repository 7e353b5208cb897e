using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Privileges;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>Of what is asked at the same time every answer is true.</summary>
public abstract class AtOnceTests(Product product)
{
    private const int Callers = 8;

    private static readonly object RightKey = new { auth_type = "api_key", api_key = "sample-key-bot" };

    [Fact]
    public async Task Of_folders_with_the_same_name_one_is_made_and_the_others_hear_that_it_is_taken()
    {
        var answers = await AtOnceAsync(() => product.Api.SendAsync("/api/folders", new { name = "Same" }));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        foreach (var refused in answers.Where(a => a.Status != 200)) refused.Is(400).Fields.ShouldBe(["name"]);
        (await product.Api.ReadAsync("/api/projects")).Ok().Items.Count(p => p!["name"]!.GetValue<string>() == "Same").ShouldBe(1);
    }

    [Fact]
    public async Task Of_API_clients_with_the_same_name_one_is_made_and_its_token_is_the_one_that_works()
    {
        var made = await AtOnceAsync(async () =>
        {
            await using var scope = product.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<ApiClients>().CreateAsync("Same", TestContext.Current.CancellationToken);
        });

        var winner = made.Where(m => m.Refusal is null).ShouldHaveSingleItem();
        foreach (var refused in made.Where(m => m.Refusal is not null)) refused.Refusal!.Errors.Keys.ShouldBe(["name"]);
        using var http = product.Anonymous();
        http.DefaultRequestHeaders.Authorization = new("Bearer", winner.Value.Token.Reveal());
        (await http.ReadAsync("/api/users/me")).Ok();
    }

    [Fact]
    public async Task Connections_with_the_same_name_are_all_made()
    {
        var answers = await AtOnceAsync(() => product.Api.SendAsync("/api/connections", new { name = "Same", provider = "sample_app", input = RightKey }));

        var ids = answers.Select(a => a.Ok().Json.Id).ToArray();
        ids.ShouldBeUnique();
        (await product.Api.ReadAsync("/api/connections?text=same")).Ok().Ids.ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task Of_deletions_of_a_connection_one_is_done_and_the_others_find_nothing()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);

        var answers = await AtOnceAsync(() => product.Api.RemoveAsync($"/api/connections/{connection.Id}"));

        answers.Select(a => a.Status).Order().ShouldBe([200, .. Enumerable.Repeat(404, Callers - 1)]);
    }

    [Fact]
    public async Task Of_deletions_of_a_project_one_is_done_and_the_others_find_nothing()
    {
        var folder = (await product.Api.SendAsync("/api/folders", new { name = "To delete" })).Ok().Json;

        var answers = await AtOnceAsync(() => product.Api.RemoveAsync($"/api/projects/{folder["project_id"]}"));

        answers.Select(a => a.Status).Order().ShouldBe([200, .. Enumerable.Repeat(404, Callers - 1)]);
    }

    [Fact]
    public async Task Disconnecting_at_once_disconnects_for_everybody()
    {
        for (var round = 0; round < 5; round++)
        {
            var connection = await product.CreateAsync("sample_app", RightKey);

            var answers = await AtOnceAsync(() => product.Api.SendAsync($"/api/connections/{connection.Id}/disconnect"));

            foreach (var answer in answers) answer.Ok().Json.Text("status").ShouldBe("disconnected");
            (await product.GetConnectionAsync(connection.Id))["has_credentials"]!.GetValue<bool>().ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_folder_deleted_while_a_connection_for_it_is_proved_is_named_and_nothing_is_made()
    {
        var gate = new Gate();
        await using var app = await TinyApp.StartAsync(_ => gate.PassAsync());
        var folder = await FolderAsync("Deleted meanwhile");
        var making = product.Api.SendAsync("/api/connections", new { name = "Too late", provider = "rest", folder_id = folder.Id, input = new { auth_type = "no_auth", base_uri = app.Url } });
        await gate.Reached;
        (await product.Api.RemoveAsync($"/api/folders/{folder.Id}")).Ok();
        gate.Open();

        (await making).Is(400).Fields.ShouldBe(["folder_id"]);

        (await product.Api.ReadAsync("/api/connections?text=Too+late")).Ok().Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_parent_deleted_while_its_child_is_proved_is_named_and_nothing_is_made()
    {
        var gate = new Gate();
        await using var app = await TinyApp.StartAsync(_ => gate.PassAsync());
        var parent = (await product.Api.SendAsync("/api/connections", new { name = "Parent", provider = "rest", shell_connection = true })).Ok().Json;
        var making = product.Api.SendAsync("/api/connections", new { name = "Orphan", provider = "rest", parent_id = parent.Id, input = new { auth_type = "no_auth", base_uri = app.Url } });
        await gate.Reached;
        (await product.Api.RemoveAsync($"/api/connections/{parent.Id}")).Ok();
        gate.Open();

        (await making).Is(400).Fields.ShouldBe(["parent_id"]);

        (await product.Api.ReadAsync("/api/connections?text=Orphan&include_runtime_connections=true")).Ok().Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_deleted_while_a_connection_moves_there_is_named_and_nothing_is_changed()
    {
        var gate = new Gate();
        await using var app = await TinyApp.StartAsync(_ => gate.PassAsync());
        var folder = await FolderAsync("Goal of a move");
        var shell = (await product.Api.SendAsync("/api/connections", new { name = "Moving", provider = "rest", shell_connection = true })).Ok().Json;
        var moving = product.Api.ChangeAsync($"/api/connections/{shell.Id}", new { folder_id = folder.Id, input = new { auth_type = "no_auth", base_uri = app.Url } });
        await gate.Reached;
        (await product.Api.RemoveAsync($"/api/folders/{folder.Id}")).Ok();
        gate.Open();

        (await moving).Is(400).Fields.ShouldBe(["folder_id"]);

        (await product.GetConnectionAsync(shell.Id)).ToJsonString().ShouldBe(shell.ToJsonString());
    }

    [Fact]
    public async Task A_connection_deleted_while_its_new_credentials_are_proved_is_not_found()
    {
        var gate = new Gate();
        await using var app = await TinyApp.StartAsync(_ => gate.PassAsync());
        var shell = (await product.Api.SendAsync("/api/connections", new { name = "Gone", provider = "rest", shell_connection = true })).Ok().Json;
        var changing = product.Api.ChangeAsync($"/api/connections/{shell.Id}", new { input = new { auth_type = "no_auth", base_uri = app.Url } });
        await gate.Reached;
        (await product.Api.RemoveAsync($"/api/connections/{shell.Id}")).Ok();
        gate.Open();

        (await changing).Is(404);
    }

    [Fact]
    public async Task What_is_disconnected_while_new_credentials_are_proved_stays_disconnected_and_both_hear_it()
    {
        var gate = new Gate();
        var held = false;
        await using var app = await TinyApp.StartAsync(_ => held ? gate.PassAsync() : Task.CompletedTask);
        var connection = await product.CreateAsync("rest", new { auth_type = "headers", base_uri = app.Url, header_pair = "X-Key: 1" });
        held = true;
        var changing = product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { input = new { header_pair = "X-Key: 2" } });
        await gate.Reached;
        (await product.Api.SendAsync($"/api/connections/{connection.Id}/disconnect")).Ok();
        gate.Open();

        (await changing).Is(409).Message.ShouldContain("Somebody else changed the credentials");

        (await product.GetConnectionAsync(connection.Id))["has_credentials"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task A_test_of_credentials_that_are_replaced_meanwhile_is_made_again_with_the_new_ones()
    {
        var gate = new Gate();
        var held = false;
        await using var app = await TinyApp.StartAsync(async context =>
        {
            if (held && context.Request.Headers["X-Key"] == "old")
            {
                await gate.PassAsync();
                context.Response.StatusCode = 401;
            }
        });
        var connection = await product.CreateAsync("rest", new { auth_type = "headers", base_uri = app.Url, header_pair = "X-Key: old" });
        held = true;
        var testing = product.Api.SendAsync($"/api/connections/{connection.Id}/test");
        await gate.Reached;
        (await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { input = new { header_pair = "X-Key: new" } })).Ok();
        gate.Open();

        (await testing).Ok().Json.Text("authorization_status").ShouldBe("success");

        (await product.GetConnectionAsync(connection.Id)).Text("authorization_status").ShouldBe("success");
    }

    private async Task<JsonObject> FolderAsync(string name)
    {
        var project = (await product.Api.SendAsync("/api/folders", new { name })).Ok().Json;
        return (await product.Api.SendAsync("/api/folders", new { name = "Inside", parent_id = project.Id })).Ok().Json;
    }

    private static Task<T[]> AtOnceAsync<T>(Func<Task<T>> ask) => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(ask)));
}

public sealed class AtOnceOnSqlite(ProductOnSqlite product) : AtOnceTests(product), IClassFixture<ProductOnSqlite>;

public sealed class AtOnceOnPostgres(ProductOnPostgres product) : AtOnceTests(product), IClassFixture<ProductOnPostgres>;
