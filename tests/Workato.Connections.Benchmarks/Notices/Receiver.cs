using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Workato.Connections.Notices;
using Workato.Connections.Secrets;

namespace Workato.Connections.Benchmarks.Notices;

/// <summary>A receiver of webhooks that can be taken down and brought back on its port; keeps what it took, in the order it took it.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly int port = FreePort();
    private readonly ConcurrentQueue<(int Channel, string Message)> taken = new();
    private readonly ConcurrentDictionary<int, Secret> secrets = new();
    private WebApplication? app;

    /// <summary>What it took, of which channel.</summary>
    public IReadOnlyList<(int Channel, string Message)> Taken => [.. taken];

    /// <summary>How many messages were not signed with the secret of their channel.</summary>
    public int Forged { get; private set; }

    /// <summary>How long it thinks about each message.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>The address of a channel; the channel is a number of its own here.</summary>
    public string AddressOf(int channel) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/hook/{channel}");

    /// <summary>What the messages of a channel are signed with.</summary>
    public void Know(int channel, string secret) => secrets[channel] = new(secret);

    public async Task UpAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        app = builder.Build();
        app.Run(TakeAsync);
        await app.StartAsync();
    }

    public async Task DownAsync()
    {
        await using var stopping = app!;
        app = null;
        await stopping.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await DownAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var (headers, body) = (context.Request.Headers, await reader.ReadToEndAsync());
        var channel = int.Parse(context.Request.Path.Value!.Split('/')[^1], CultureInfo.InvariantCulture);
        var (id, time) = (headers["webhook-id"].ToString(), long.Parse(headers["webhook-timestamp"].ToString(), CultureInfo.InvariantCulture));
        if (WebhookSecrets.Sign(secrets[channel], id, time, body) != headers["webhook-signature"].ToString()) Forged++;
        taken.Enqueue((channel, id));
        await Task.Delay(Pause);
        context.Response.StatusCode = 204;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
