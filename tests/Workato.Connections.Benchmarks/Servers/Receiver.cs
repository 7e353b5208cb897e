using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Workato.Connections.Notices;
using Workato.Connections.Secrets;

namespace Workato.Connections.Benchmarks.Servers;

/// <summary>A receiver of webhooks that can be taken down and brought back on its port; keeps what it took, in the order it took it.</summary>
internal sealed class Receiver : Downable
{
    private readonly ConcurrentQueue<Arrival> taken = new();
    private readonly ConcurrentDictionary<int, Secret> secrets = new();

    /// <summary>What it took.</summary>
    public IReadOnlyList<Arrival> Taken => [.. taken];

    /// <summary>How many messages were not signed with the secret of their channel.</summary>
    public int Forged { get; private set; }

    /// <summary>How long it thinks about each message.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>Makes a channel of the product that sends everything here; the channel is a number of its own here.</summary>
    public async Task ListenAsync(HttpClient api, int channel)
    {
        var address = new Uri(Address, string.Create(CultureInfo.InvariantCulture, $"hook/{channel}"));
        using var answer = await api.PostAsJsonAsync("api/notice_channels", new { kind = "webhook", name = $"Receiver {channel}", address });
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"The channel could not be made: {await answer.Content.ReadAsStringAsync()}");
        secrets[channel] = new((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("signing_secret").GetString()!);
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var (headers, body) = (context.Request.Headers, await reader.ReadToEndAsync());
        var channel = int.Parse(context.Request.Path.Value!.Split('/')[^1], CultureInfo.InvariantCulture);
        var (id, time) = (headers["webhook-id"].ToString(), long.Parse(headers["webhook-timestamp"].ToString(), CultureInfo.InvariantCulture));
        if (WebhookSecrets.Sign(secrets[channel], id, time, body) != headers["webhook-signature"].ToString()) Forged++;
        taken.Enqueue(new(channel, id, body));
        await Task.Delay(Pause);
        context.Response.StatusCode = 204;
    }
}

/// <summary>A message that arrived.</summary>
/// <param name="Channel">Of which channel.</param>
/// <param name="Message">Its id.</param>
/// <param name="Body">What it says.</param>
internal sealed record Arrival(int Channel, string Message, string Body);
