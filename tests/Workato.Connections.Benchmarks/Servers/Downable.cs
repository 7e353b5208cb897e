using System.Net;
using System.Net.Sockets;

namespace Workato.Connections.Benchmarks.Servers;

/// <summary>A host in this process that can be taken down, its socket closed, and brought back on its port.</summary>
internal abstract class Downable : IAsyncDisposable
{
    private readonly int port = FreePort();
    private WebApplication? app;

    /// <summary>Where it listens while it is up.</summary>
    public Uri Address => new($"http://127.0.0.1:{port}/");

    public async Task UpAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        Add(builder.Services);
        app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
    }

    /// <summary>What is being answered is answered; nothing is listening after that.</summary>
    public async Task DownAsync()
    {
        await using var stopping = app!;
        app = null;
        await stopping.StopAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (app is not null) await DownAsync();
    }

    /// <summary>What its answers need.</summary>
    protected virtual void Add(IServiceCollection services)
    {
    }

    protected abstract Task AnswerAsync(HttpContext context);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
