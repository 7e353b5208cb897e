using System.Net;
using Workato.Connections.SampleApp;

namespace Workato.Connections.Benchmarks.Refresh;

/// <summary>
/// Many sample apps in one process, each with a state and a port of its own, so that each cell of the matrix has an OAuth
/// server that counts for it alone.
/// </summary>
internal static class SampleApps
{
    /// <summary>Answers <c>/</c> with their addresses.</summary>
    public static Action<WebApplication> Add(int count) => main =>
    {
        var apps = Enumerable.Range(0, count).Select(_ => Start()).ToArray();
        main.MapGet("/", () => apps.Select(app => app.Urls.Single()));
    };

    private static WebApplication Start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSampleApp();
        var app = builder.Build();
        app.MapSampleApp();
        app.Start();
        return app;
    }
}
