using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Workato.Connections.Benchmarks.Refresh;
using Workato.Connections.Benchmarks.Rotation;

namespace Workato.Connections.Benchmarks.Floors;

/// <summary>What the product stands on, with nothing of the product on it: bare Kestrel and the one thing in question.</summary>
internal static class FloorServers
{
    [SuppressMessage("Performance", "CA1861", Justification = "Runs once.")]
    public static Task RunAsync(string floor, string[] args)
    {
        // Slim: no logging of requests, no static files, nothing but routing and Kestrel.
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        Action<WebApplication> map = floor switch
        {
            "upstream" => Upstream.Map,
            "json" => app => app.MapGet("/", () => new Upstream.Answer(7, "open", "A ticket")),
            "rows" => Rows.Add(builder, database: args[0], upstream: args[1]),
            "tokens" => IssuedTokens.Map,
            "short-tokens" => ShortTokens.Map,
            "sample-apps" => SampleApps.Add(int.Parse(args[0], CultureInfo.InvariantCulture)),
            "forward" => Forward.Add(builder, upstream: args[0]),
            _ => throw new ArgumentException($"There is no floor '{floor}'.", nameof(floor)),
        };
        var app = builder.Build();
        map(app);
        return app.RunAsync();
    }
}
