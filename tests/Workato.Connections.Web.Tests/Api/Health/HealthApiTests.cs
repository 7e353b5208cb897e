using System.Text.Json.Nodes;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Health;

/// <summary>How connections stand, over the API.</summary>
public abstract class HealthApiTests(Product product)
{
    [Fact]
    public async Task A_lost_connection_is_among_the_broken_with_its_cause_evidence_and_recipes()
    {
        await product.SampleApp.ResetAsync();
        var id = await product.ConnectionAsync("Broken one");
        var recipe = await product.RecipeAsync("Of the broken one", id);
        await product.SampleApp.BehaveAsync("reject");
        (await product.Api.ReadAsync($"/api/connections/{id}/call/api/me")).Is(401);

        var incident = await IncidentAsync(id);

        incident["recipes"]!.AsArray().Select(r => r!["id"]!.GetValue<int>()).ShouldBe([recipe]);
        incident["is_warning"]!.GetValue<bool>().ShouldBeFalse();
        incident.ToJsonString().ShouldNotContain("sample-key-bot");
    }

    [Fact]
    public async Task A_rejection_that_was_a_mistake_of_the_app_heals_by_itself()
    {
        await product.SampleApp.ResetAsync();
        var id = await product.ConnectionAsync("Healing");
        await product.SampleApp.BehaveAsync("reject");
        (await product.Api.ReadAsync($"/api/connections/{id}/call/api/me")).Is(401);
        await product.SampleApp.ResetAsync();

        for (var i = 0; i < 300 && (await product.Api.ReadAsync($"/api/connections/{id}")).Ok().Json.Text("authorization_status") != "success"; i++) await Task.Delay(100, TestContext.Current.CancellationToken);

        (await product.Api.ReadAsync($"/api/connections/{id}")).Ok().Json.Text("authorization_status").ShouldBe("success");
    }

    [Fact]
    public async Task The_time_line_pages_by_the_last_event()
    {
        await product.SampleApp.ResetAsync();
        var id = await product.ConnectionAsync("Paged");
        foreach (var mode in new[] { "reject", "ok", "reject", "ok" })
        {
            await product.SampleApp.BehaveAsync(mode);
            await product.Api.SendAsync($"/api/connections/{id}/test");
        }

        var first = (await product.Api.ReadAsync($"/api/connections/{id}/timeline?per_page=2")).Ok().Json;
        var second = (await product.Api.ReadAsync($"/api/connections/{id}/timeline?per_page=10&before={first["items"]![1]!["id"]}")).Ok().Json;

        Kinds(first).Concat(Kinds(second)).ShouldBe(["recovered", "lost", "recovered", "lost", "connected"]);
        (first["has_more"]!.GetValue<bool>(), second["has_more"]!.GetValue<bool>()).ShouldBe((true, false));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_page_of_another_size_is_refused_by_name(int size)
    {
        var id = await product.ConnectionAsync("Sized");

        (await product.Api.ReadAsync($"/api/connections/{id}/timeline?per_page={size}")).Is(400).Text.ShouldContain("per_page");
    }

    [Fact]
    public async Task Who_reaches_another_project_only_sees_nothing_of_it()
    {
        await product.SampleApp.ResetAsync();
        var id = await product.ConnectionAsync("Out of reach");
        await product.SampleApp.BehaveAsync("reject");
        (await product.Api.SendAsync($"/api/connections/{id}/test")).Ok();
        await IncidentAsync(id);
        var folder = (await product.Api.SendAsync("/api/folders", new { name = $"Elsewhere {Guid.NewGuid():N}" })).Ok().Json;
        using var other = await product.ClientAsync($"Elsewhere {Guid.NewGuid():N}", RoleIds.Analyst, folder.Id);

        var seen = (await other.ReadAsync("/api/health/connections")).Ok().Json;

        seen["broken"]!.AsArray().ShouldBeEmpty();
        seen["now"]!["broken"]!.GetValue<int>().ShouldBe(0);
    }

    private static IEnumerable<string> Kinds(JsonObject timeline) => timeline["items"]!.AsArray().Select(e => e!["kind"]!.GetValue<string>());

    // The watch looks within a second of a change.
    private async Task<JsonObject> IncidentAsync(int connectionId)
    {
        for (var i = 0; i < 300; i++)
        {
            var broken = (await product.Api.ReadAsync("/api/health/connections")).Ok().Json["broken"]!.AsArray();
            if (broken.FirstOrDefault(b => b!["connections"]!.AsArray().Any(c => c!["id"]!.GetValue<int>() == connectionId)) is { } found) return found.AsObject();
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("No incident of this connection after half a minute.");
    }
}

public sealed class HealthApiOnSqlite(ProductOnSqlite product) : HealthApiTests(product), IClassFixture<ProductOnSqlite>;

public sealed class HealthApiOnPostgres(ProductOnPostgres product) : HealthApiTests(product), IClassFixture<ProductOnPostgres>;
