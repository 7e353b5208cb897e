using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>Connections are made.</summary>
public abstract partial class ConnectionLifeTests
{
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
}
