using Microsoft.Extensions.Time.Testing;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>A sample app whose clock a test moves. One for the tests of a class; each begins with a reset.</summary>
public sealed class ClockedSampleApp : IAsyncLifetime
{
    private SampleAppServer? server;

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-05-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

    public SampleAppServer Server => server!;

    /// <summary>Does not follow redirects, so that a test sees them.</summary>
    public HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        server = await SampleAppServer.StartAsync(Clock);
        Http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(server.Url) };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }
}
