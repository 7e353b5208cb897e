using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>Connections are sent in Workato's shape whatever state they are in, and their secrets are not.</summary>
public abstract class ConnectionShapeTests(Product product)
{
    [Fact]
    public async Task A_connected_connection_has_every_field_of_workatos_in_its_type() =>
        (await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" })).ShouldHaveShape(Shapes.Connection);

    [Fact]
    public async Task A_failed_connection_has_the_same_shape() =>
        (await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "wrong" })).ShouldHaveShape(Shapes.Connection);

    [Fact]
    public async Task A_shell_with_folder_parent_and_user_has_the_same_shape()
    {
        var parent = (await product.Api.SendAsync("/api/connections", new { name = "Parent", provider = "rest", shell_connection = true })).Ok().Json;

        var child = await product.Api.SendAsync(
            "/api/connections", new { name = "Child", description = "Of one user", provider = "rest", shell_connection = true, folder_id = 1, parent_id = parent.Id, external_id = "user-1" });

        child.Ok().Json.ShouldHaveShape(Shapes.Connection);
    }

    [Fact]
    public async Task The_answers_to_making_changing_reading_and_listing_are_the_same_object()
    {
        var made = await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" });

        var changed = (await product.Api.ChangeAsync($"/api/connections/{made.Id}", new { name = "Changed" })).Ok().Json;
        var read = (await product.Api.ReadAsync($"/api/connections/{made.Id}")).Ok().Json;
        var listed = (await product.Api.ReadAsync("/api/connections")).Ok().Items.Single(c => c!["id"]!.GetValue<int>() == made.Id);

        read.ToJsonString().ShouldBe(changed.ToJsonString());
        listed!.ToJsonString().ShouldBe(read.ToJsonString());
    }

    [Fact]
    public async Task Application_and_provider_are_both_the_connectors_id()
    {
        var made = await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" });

        (made.Text("application"), made.Text("provider")).ShouldBe(("sample_app", "sample_app"));
    }

    [Fact]
    public async Task The_settings_are_shown_and_the_secrets_are_not()
    {
        var made = await product.CreateAsync("sample_app", new { auth_type = "basic", username = "bot", password = "tabulating-machine" });

        JsonNode.DeepEquals(made["input"], new JsonObject { ["url"] = product.SampleApp.Url, ["username"] = "bot" }).ShouldBeTrue(made["input"]!.ToJsonString());
    }

    [Fact]
    public async Task Answers_are_json_in_utf8() =>
        (await product.Api.GetAsync("/api/connections", TestContext.Current.CancellationToken)).Content.Headers.ContentType!.ToString().ShouldBe("application/json; charset=utf-8");
}

public sealed class ConnectionShapeOnSqlite(ProductOnSqlite product) : ConnectionShapeTests(product), IClassFixture<ProductOnSqlite>;

public sealed class ConnectionShapeOnPostgres(ProductOnPostgres product) : ConnectionShapeTests(product), IClassFixture<ProductOnPostgres>;
