using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workato.Connections.Secrets;

namespace Workato.Connections.Notices;

/// <summary>Signs webhooks as Standard Webhooks 1.0.0 says: HMAC-SHA256 over id, time and body.</summary>
public static class WebhookSecrets
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    /// <summary>A new secret.</summary>
    public static Secret New() => new(Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>What the header <c>webhook-signature</c> says of a message.</summary>
    public static string Sign(Secret secret, string id, long timestamp, string body)
    {
        var key = Convert.FromBase64String(secret.Reveal()[Prefix.Length..]);
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.{body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)));
    }

    /// <summary>The sub-purpose of a channel's row.</summary>
    public static string Row(int channelId) => "channel:" + channelId.ToString(CultureInfo.InvariantCulture);

    /// <summary>Seals it for its channel.</summary>
    public static byte[] SealWebhook(this CredentialProtector protector, int channelId, Secret secret) => protector.Seal(SecretKinds.Webhooks, Row(channelId), secret.Reveal());

    /// <summary>Opens it, or null where it cannot be opened.</summary>
    public static Secret? OpenWebhook(this CredentialProtector protector, NoticeChannel channel) =>
        channel.SealedSecret is { } sealedSecret && protector.Open<string>(SecretKinds.Webhooks, Row(channel.Id), sealedSecret) is { } secret ? new(secret) : null;
}
