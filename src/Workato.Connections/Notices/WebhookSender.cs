using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Workato.Connections.Egress;
using Workato.Connections.Secrets;

namespace Workato.Connections.Notices;

/// <summary>Sends webhooks: signed, through the guarded way out, without following redirects or reading what is answered.</summary>
internal sealed class WebhookSender(AppHttp http, CredentialProtector protector, TimeProvider time) : INoticeSender
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    public string Kind => ChannelKinds.Webhook;

    public async Task<NoticeOutcome> SendAsync(NoticeChannel channel, NoticeDelivery delivery, CancellationToken cancel)
    {
        if (protector.OpenWebhook(channel) is not { } secret) return new(NoticeEnd.Unreachable, "The signing secret cannot be opened here. Make a new one.");
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, channel.Address) { Content = new StringContent(delivery.Payload, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("User-Agent", AppHttp.UserAgent);
        request.Headers.TryAddWithoutValidation("webhook-id", delivery.MessageId);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSecrets.Sign(secret, delivery.MessageId, timestamp, delivery.Payload));
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            using var response = await http.Invoker.SendAsync(request, both.Token);
            return Judge((int)response.StatusCode, response.Headers.RetryAfter);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is OperationCanceledException or HttpRequestException or IOException)
        {
            return new(NoticeEnd.Unreachable, Why(e));
        }
    }

    private NoticeOutcome Judge(int status, RetryConditionHeaderValue? retryAfter) => status switch
    {
        >= 200 and < 300 => NoticeOutcome.Arrived,
        410 => new(NoticeEnd.Gone, "The receiver answered 410 Gone: it wants no more messages."),
        >= 300 and < 400 => new(NoticeEnd.Unreachable, $"The receiver answered {status}, a redirect. Redirects are not followed: give the address it redirects to."),
        408 or 425 or 429 or >= 500 => new(NoticeEnd.Unreachable, $"The receiver answered {status}.", retryAfter?.Delta ?? (retryAfter?.Date - time.GetUtcNow())),
        _ => new(NoticeEnd.Refused, $"The receiver answered {status}."),
    };

    private static string Why(Exception e) =>
        EgressRefusedException.In(e) is { } refused ? $"Not sent: {refused.Message}."
        : e is OperationCanceledException ? $"The receiver did not answer within {Timeout.TotalSeconds:0} seconds."
        : (e as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "The receiver's name cannot be found.",
            HttpRequestError.SecureConnectionError => "No secure connection to the receiver could be made: its certificate is expired, for another name, or not trusted.",
            HttpRequestError.ConnectionError => "The receiver cannot be reached: nothing listens there, or the way is blocked.",
            _ => "The receiver broke the connection off before it answered.",
        };
}
