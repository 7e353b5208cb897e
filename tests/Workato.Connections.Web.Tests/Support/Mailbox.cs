using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>Somewhere JSON is posted to, on a free loopback port: what came, in its order.</summary>
public sealed class Mailbox : IAsyncDisposable
{
    private readonly Channel<JsonObject> came = Channel.CreateUnbounded<JsonObject>();
    private TinyApp app = null!;

    private Mailbox()
    {
    }

    /// <summary>The statuses of the next answers; 200 when there are no more.</summary>
    public Queue<int> Statuses { get; } = new();

    /// <summary>Where it is.</summary>
    public string Url => app.Url + "/box";

    /// <summary>Its origin.</summary>
    public string Origin => app.Url;

    public static async Task<Mailbox> StartAsync()
    {
        var box = new Mailbox();
        box.app = await TinyApp.StartAsync(box.TakeAsync);
        return box;
    }

    /// <summary>The next that came.</summary>
    public async Task<JsonObject> NextAsync()
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        within.CancelAfter(TimeSpan.FromSeconds(30));
        return await came.Reader.ReadAsync(within.Token);
    }

    /// <summary>Whether nothing more has come.</summary>
    public bool IsEmpty => !came.Reader.TryPeek(out _);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        context.Response.StatusCode = Statuses.TryDequeue(out var status) ? status : 200;
        if (context.Response.StatusCode == 200) await came.Writer.WriteAsync(body);
    }
}
