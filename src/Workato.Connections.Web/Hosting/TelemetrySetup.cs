using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Workato.Connections.Web.Hosting;

/// <summary>Metrics and traces to an OTLP endpoint, where the operator names one by OpenTelemetry's own setting; otherwise nothing is measured.</summary>
internal static class TelemetrySetup
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint])) return;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("workato-connections"))
            .WithMetrics(m => m.AddMeter(Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql").AddOtlpExporter())
            .WithTracing(t => t.AddSource(Telemetry.Name, "Yarp.ReverseProxy", "Npgsql").AddAspNetCoreInstrumentation(o =>
            {
                o.EnrichWithHttpResponse = static (activity, response) => HidePath(activity, response.HttpContext);
                o.RecordException = false;
            }).AddOtlpExporter());
    }

    // One-time links and webhooks carry their secret in the path: a trace says by which route somebody came, and not more.
    private static void HidePath(System.Diagnostics.Activity activity, HttpContext context)
    {
        activity.SetTag("url.path", (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)");
        activity.SetTag("url.query", null);
    }
}
