using Microsoft.Extensions.DependencyInjection;
using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>The life of a connection over the REST API, on whichever database.</summary>
public abstract partial class ConnectionLifeTests(Product product) : IAsyncDisposable
{
    private static readonly object RightKey = new { auth_type = "api_key", api_key = "sample-key-bot" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
