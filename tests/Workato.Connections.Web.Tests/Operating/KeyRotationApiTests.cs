using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Operating;

/// <summary>Keys are rotated by the API while calls go on.</summary>
public abstract class KeyRotationApiTests(Product product)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Data_keys_are_rotated_while_every_call_is_answered()
    {
        var made = await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" });

        var begun = (await product.Api.SendAsync("/api/key_rotations", new { kind = "data_keys" })).Ok().Json;
        (await product.Api.SendAsync("/api/key_rotations", new { kind = "data_keys" })).Is(409).Message.ShouldBe("A rotation of the data keys goes on already. Nothing was changed; wait for its end.");
        var now = await UntilAsync(async state =>
        {
            (await product.Api.ReadAsync($"/api/connections/{made["id"]}/call/api/me")).Ok();
            return state["rotations"]![0]!["finished_at"] is not null;
        });

        var keys = now["keys"]!.AsArray();
        keys.Single(k => k!["is_in_force"]!.GetValue<bool>())!["id"]!.GetValue<string>().ShouldBe(begun.Text("target"));
        keys.Where(k => !k!["is_in_force"]!.GetValue<bool>()).ShouldAllBe(k => k!["secrets"]!.GetValue<long>() == 0);
        (await product.AuditAsync("key_rotation_started")).Single().ActorName.ShouldBe("bootstrap");
        (await product.AuditAsync("key_rotation_finished")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Another_kind_than_there_is_is_refused_by_the_field() =>
        (await product.Api.SendAsync("/api/key_rotations", new { kind = "locks" })).Is(400).Fields.ShouldBe(["kind"]);

    private async Task<JsonObject> UntilAsync(Func<JsonObject, Task<bool>> isSo)
    {
        for (var until = DateTime.UtcNow + Patience; DateTime.UtcNow < until; await Task.Delay(200, Cancel))
        {
            var state = (await product.Api.ReadAsync("/api/key_rotations")).Ok().Json;
            if (await isSo(state)) return state;
        }

        throw new TimeoutException("The rotation does not end.");
    }
}

public sealed class KeyRotationApiOnSqlite(ProductOnSqlite product) : KeyRotationApiTests(product), IClassFixture<ProductOnSqlite>;

public sealed class KeyRotationApiOnPostgres(ProductOnPostgres product) : KeyRotationApiTests(product), IClassFixture<ProductOnPostgres>;
