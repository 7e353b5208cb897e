using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Hosting;

/// <summary>What goes to an OTLP endpoint, read at the endpoint.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Calls_tests_and_routes_are_told_and_no_secret_in_a_path()
    {
        var told = new ConcurrentQueue<string>();
        await using var collector = await TinyApp.StartAsync(async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            told.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
            context.Response.StatusCode = StatusCodes.Status200OK;
        });
        var product = new Told();
        product.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url;
        product.Settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        product.Settings["OTEL_BSP_SCHEDULE_DELAY"] = product.Settings["OTEL_METRIC_EXPORT_INTERVAL"] = "250";
        await product.InitializeAsync();
        var id = await product.ConnectionAsync("Watched");
        (await product.Api.ReadAsync($"/api/connections/{id}/call/api/me")).Ok();
        (await product.Api.SendAsync($"/api/connections/{id}/test")).Ok();
        using var stranger = product.Anonymous();
        await stranger.ReadAsync("/oauth/connect/one-time-secret-of-a-link?token=another-secret");
        string[] expected = ["workato.connections.calls", "workato.connections.tests", "oauth/connect/{"];
        for (var i = 0; i < 200 && !expected.All(string.Concat(told).Contains); i++) await Task.Delay(100, TestContext.Current.CancellationToken);
        await product.DisposeAsync();

        var all = string.Concat(told);
        foreach (var name in expected) all.Contains(name, StringComparison.Ordinal).ShouldBeTrue(name);
        all.ShouldNotContain("one-time-secret");
        all.ShouldNotContain("another-secret");
        all.ShouldNotContain("sample-key-bot");
    }

    private sealed class Told : ProductOnSqlite;
}
