using System.Globalization;
using System.Net.Http.Headers;
using Workato.Connections.Egress;
using Workato.Connections.Secrets;

namespace Workato.Connections.Notices;

/// <summary>Sends webhooks: signed, through the guarded way out, without following redirects or reading what is answered.</summary>
internal sealed class WebhookSender(AppHttp http, CredentialProtector protector, TimeProvider time) : INoticeSender
{
    public string Kind => ChannelKinds.Webhook;

    public async Task<NoticeOutcome> SendAsync(NoticeChannel channel, NoticeDelivery delivery, CancellationToken cancel)
    {
        if (protector.OpenWebhook(channel) is not { } secret) return new(NoticeEnd.Unreachable, "The signing secret cannot be opened here. Make a new one.");
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var came = await http.PostJsonAsync(new(channel.Address), delivery.Payload, new Dictionary<string, string>
        {
            ["webhook-id"] = delivery.MessageId,
            ["webhook-timestamp"] = timestamp.ToString(CultureInfo.InvariantCulture),
            ["webhook-signature"] = WebhookSecrets.Sign(secret, delivery.MessageId, timestamp, delivery.Payload),
        }, time, cancel);
        return came.Status is { } status ? Judge(status, came.RetryAfter) : new(NoticeEnd.Unreachable, Why(came));
    }

    private NoticeOutcome Judge(int status, RetryConditionHeaderValue? retryAfter) => status switch
    {
        >= 200 and < 300 => NoticeOutcome.Arrived,
        410 => new(NoticeEnd.Gone, "The receiver answered 410 Gone: it wants no more messages."),
        >= 300 and < 400 => new(NoticeEnd.Unreachable, $"The receiver answered {status}, a redirect. Redirects are not followed: give the address it redirects to."),
        408 or 425 or 429 or >= 500 => new(NoticeEnd.Unreachable, $"The receiver answered {status}.", retryAfter?.Delta ?? (retryAfter?.Date - time.GetUtcNow())),
        _ => new(NoticeEnd.Refused, $"The receiver answered {status}."),
    };

    private static string Why(Posted came) =>
        came.Refusal is { } refused ? $"Not sent: {refused.Message}."
        : came.HasTimedOut ? $"The receiver did not answer within {Posted.Patience.TotalSeconds:0} seconds."
        : (came.Failure as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "The receiver's name cannot be found.",
            HttpRequestError.SecureConnectionError => "No secure connection to the receiver could be made: its certificate is expired, for another name, or not trusted.",
            HttpRequestError.ConnectionError => "The receiver cannot be reached: nothing listens there, or the way is blocked.",
            _ => "The receiver broke the connection off before it answered.",
        };
}
