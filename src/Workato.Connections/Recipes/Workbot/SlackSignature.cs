using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workato.Connections.Secrets;

namespace Workato.Connections.Recipes.Workbot;

/// <summary>Slack's signature of its requests (docs.slack.dev, verifying requests from Slack): HMAC-SHA256 of <c>v0:timestamp:body</c> under the app's signing secret.</summary>
public static class SlackSignature
{
    /// <summary>How far its timestamp may be from now.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string Version = "v0";

    /// <summary>The signature as Slack would send it.</summary>
    public static string Of(Secret secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret.Reveal()));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{Version}:{timestamp}:"));
        hmac.AppendData(body);
        return $"{Version}={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }

    /// <summary>Why a request is not Slack's, in words; null where it is.</summary>
    public static string? Problem(Secret? secret, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signature)) return "The request is not signed: X-Slack-Request-Timestamp or X-Slack-Signature is missing.";
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds() || (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance)
            return "The timestamp of the request is more than five minutes from now: it is an old request, or the clock of this server is wrong.";
        // Also without a secret the comparison is made: who asks does not learn which profiles have one.
        var expected = Of(secret ?? new(Guid.NewGuid().ToString()), timestamp, body);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature)) && secret is not null
            ? null
            : "The signature of the request is not right: the signing secret of the OAuth app here is not the one of the Slack app, or the request is not Slack's.";
    }
}
