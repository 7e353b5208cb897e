using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Privileges;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Calling;

/// <summary>
/// Two nodes on one PostgreSQL. What one changes the other knows well before its snapshots would expire by themselves,
/// which takes five seconds: it is told.
/// </summary>
public sealed class SecondNodeTests(ProductOnPostgres product) : IClassFixture<ProductOnPostgres>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disconnect_on_one_node_ends_calls_through_the_other()
    {
        await using var node = product.AnotherNode();
        using var other = node.Api();
        var connection = await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" });
        await WarmAsync(other, connection.Id);

        (await product.Api.SendAsync($"/api/connections/{connection.Id}/disconnect")).Ok();

        await SoonAsync(async () => (await other.ReadAsync(Me(connection.Id))).Status == 409);
    }

    [Fact]
    public async Task New_credentials_given_to_one_node_are_used_by_the_other()
    {
        await using var node = product.AnotherNode();
        using var other = node.Api();
        var connection = await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" });
        await WarmAsync(other, connection.Id);

        (await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { input = new { api_key = "sample-key-ada" } })).Ok();

        await SoonAsync(async () => (await other.ReadAsync(Me(connection.Id))).Json.Text("email") == "ada@sample.example");
    }

    [Fact]
    public async Task A_connection_deleted_on_one_node_is_not_found_on_the_other()
    {
        await using var node = product.AnotherNode();
        using var other = node.Api();
        var connection = await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" });
        await WarmAsync(other, connection.Id);

        (await product.Api.RemoveAsync($"/api/connections/{connection.Id}")).Ok();

        await SoonAsync(async () => (await other.ReadAsync(Me(connection.Id))).Status == 404);
    }

    [Fact]
    public async Task The_token_of_a_client_removed_on_one_node_opens_nothing_on_the_other()
    {
        await using var node = product.AnotherNode();
        await using var scope = product.Services.CreateAsyncScope();
        var clients = scope.ServiceProvider.GetRequiredService<ApiClients>();
        var (client, token) = (await clients.CreateAsync("To be removed", Cancel)).Value;
        using var other = node.Api(token.Reveal());
        for (var i = 0; i < 3; i++) (await other.ReadAsync("/api/users/me")).Ok();

        await clients.DeleteAsync(client.Id, Cancel);

        await SoonAsync(async () => (await other.ReadAsync("/api/users/me")).Status == 401);
    }

    [Fact]
    public async Task A_role_taken_from_a_client_on_one_node_is_taken_on_the_other()
    {
        await using var node = product.AnotherNode();
        var client = await product.AddClientAsync(new { name = "Two nodes", api_privilege_group_id = RoleIds.Analyst, all_folders = true });
        using var other = node.Api(client.Token);
        for (var i = 0; i < 3; i++) (await other.ReadAsync("/api/connections")).Ok();

        (await product.Api.ChangeAsync($"/api/developer_api_clients/{client.Id}", new { api_privilege_group_id = RoleIds.Operator })).Ok();

        await SoonAsync(async () => (await other.ReadAsync("/api/connections")).Status == 403);
    }

    [Fact]
    public async Task An_old_token_ends_on_the_other_node_and_the_new_one_works_there()
    {
        await using var node = product.AnotherNode();
        var client = await product.AddClientAsync(new { name = "New token", api_privilege_group_id = RoleIds.Analyst, all_folders = true });
        using var old = node.Api(client.Token);
        for (var i = 0; i < 3; i++) (await old.ReadAsync("/api/users/me")).Ok();

        var again = (await product.Api.SendAsync($"/api/developer_api_clients/{client.Id}/regenerate")).Ok().Json["result"]!.AsObject();

        await SoonAsync(async () => (await old.ReadAsync("/api/users/me")).Status == 401);
        using var other = node.Api(again.Token);
        (await other.ReadAsync("/api/users/me")).Ok();
    }

    [Fact]
    public async Task What_is_taken_out_of_a_role_on_one_node_is_taken_on_the_other()
    {
        await using var node = product.AnotherNode();
        var role = await product.AddRoleAsync("Two nodes", new Dictionary<string, string[]> { ["Connections"] = ["read"], ["Recipes"] = ["read"] });
        var client = await product.AddClientAsync(new { name = "Of a role", api_privilege_group_id = role, all_folders = true });
        using var other = node.Api(client.Token);
        for (var i = 0; i < 3; i++) (await other.ReadAsync("/api/connections")).Ok();

        (await product.Api.ChangeAsync($"/api/roles/{role}", new { privileges = new Dictionary<string, string[]> { ["Recipes"] = ["read"] } })).Ok();

        await SoonAsync(async () => (await other.ReadAsync("/api/connections")).Status == 403);
    }

    private static string Me(int id) => $"/api/connections/{id}/call/api/me";

    // Called until the node has surely remembered the connection.
    private static async Task WarmAsync(HttpClient node, int id)
    {
        for (var i = 0; i < 3; i++) (await node.ReadAsync(Me(id))).Ok();
    }

    private static async Task SoonAsync(Func<Task<bool>> happened)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Limit; await Task.Delay(10, Cancel))
        {
            if (await happened()) return;
        }

        throw new TimeoutException($"It did not happen within {Limit.TotalSeconds} seconds.");
    }
}
