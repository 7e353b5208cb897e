using System.Text;
using Microsoft.AspNetCore.Http;
using Workato.Connections.Notices;

namespace Workato.Connections.Tests.Support;

/// <summary>A message as a receiver of webhooks sees it.</summary>
public sealed record Received(string Id, string Timestamp, string Signature, string Body)
{
    public NoticeMessage Message { get; } = NoticeMessage.FromJson(Body);

    /// <summary>What it says, and of which connection.</summary>
    public string Say => $"{Message.Type.Split('.')[^1]} {Message.Data.Connections?[0].Name}";
}

/// <summary>A receiver of webhooks that answers as the test says.</summary>
public sealed class TestReceiver : IAsyncDisposable
{
    private readonly TestApp app;

    private TestReceiver(TestApp app) => this.app = app;

    public List<Received> Asked { get; } = [];

    /// <summary>What it took.</summary>
    public List<Received> Taken { get; } = [];

    public string Url => app.Url + "/hook";

    /// <summary>The status it answers a message with.</summary>
    public Func<Received, int> Answer { get; set; } = _ => 204;

    /// <summary>What it wants to be asked again after, in seconds.</summary>
    public int? RetryAfter { get; set; }

    /// <summary>Whether it takes messages and never answers.</summary>
    public bool Hangs { get; set; }

    public static async Task<TestReceiver> StartAsync()
    {
        var receiver = new TestReceiver(await TestApp.StartAsync());
        receiver.app.Answer = receiver.TakeAsync;
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var (headers, body) = (context.Request.Headers, await reader.ReadToEndAsync());
        var received = new Received(headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(), body);
        Asked.Add(received);
        if (Hangs) await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        var status = Answer(received);
        if (status is >= 200 and < 300) Taken.Add(received);
        if (RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (status is >= 300 and < 400) context.Response.Headers.Location = "/elsewhere";
        context.Response.StatusCode = status;
    }
}
