using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>Connections are disconnected and deleted.</summary>
public abstract partial class ConnectionLifeTests
{
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
}
