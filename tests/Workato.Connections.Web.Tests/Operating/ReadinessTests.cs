using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Workato.Connections.Data;
using Workato.Connections.Secrets;
using Workato.Connections.Web.Hosting;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Operating;

/// <summary>A load balancer learns whether a node can do its work, and nothing more.</summary>
public abstract class ReadinessTests(Product product)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_is_ready_until_its_database_is_not_there_or_it_is_told_to_stop()
    {
        using var stranger = product.Anonymous();
        (await stranger.ReadAsync("/health/ready")).Ok().Text.ShouldBe("Healthy");

        await using (var scope = product.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Set<KeyRingCanary>().ExecuteDeleteAsync(Cancel);
        var answer = await stranger.ReadAsync("/health/ready");
        // The answer of the last second counts.
        for (var until = DateTime.UtcNow.AddSeconds(20); answer.Status == 200 && DateTime.UtcNow < until; answer = await stranger.ReadAsync("/health/ready")) await Task.Delay(100, Cancel);

        answer.Is(503).Text.ShouldBe("Unhealthy");
        (await stranger.ReadAsync("/health/live")).Ok();
    }

    [Fact]
    public async Task A_node_that_is_about_to_stop_is_not_ready()
    {
        await using var node = product.AnotherNode();
        var check = node.Services.GetRequiredService<Readiness>();
        (await check.CheckHealthAsync(new(), Cancel)).Status.ShouldBe(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy);

        node.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        (await check.CheckHealthAsync(new(), Cancel)).Status.ShouldBe(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);
    }
}

public sealed class ReadinessOnSqlite(ProductOnSqlite product) : ReadinessTests(product), IClassFixture<ProductOnSqlite>;

public sealed class ReadinessOnPostgres(ProductOnPostgres product) : ReadinessTests(product), IClassFixture<ProductOnPostgres>;
