using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>Connections are tested.</summary>
public abstract partial class ConnectionLifeTests
{
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
}
