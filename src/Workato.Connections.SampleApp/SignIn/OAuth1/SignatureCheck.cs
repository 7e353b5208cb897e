using System.Globalization;

namespace Workato.Connections.SampleApp.SignIn.OAuth1;

/// <summary>Whether a request was signed by whom it says, now, and for the first time (RFC 5849, 3.2).</summary>
internal static class SignatureCheck
{
    private static readonly string[] Needed = ["oauth_consumer_key", "oauth_signature_method", "oauth_signature"];
    private static readonly string[] NeededUnlessPlain = ["oauth_timestamp", "oauth_nonce"];

    /// <param name="request">The request as it came.</param>
    /// <param name="oauth">What the server remembers.</param>
    /// <param name="now">What time it believes it is.</param>
    /// <param name="find">Finds a token, or says why it is not accepted.</param>
    public static async Task<(Proven? Proven, OAuth1Problem? Problem)> CheckAsync(
        HttpRequest request, OAuth1State oauth, DateTimeOffset now, Func<string, (Credential?, OAuth1Problem?)> find)
    {
        var signed = await RequestReader.ReadAsync(request);
        var (sent, malformed) = Read(signed);
        if (malformed is not null) return (null, malformed);
        if (Consumer.Find(sent["oauth_consumer_key"]) is not { } consumer)
            return (null, OAuth1Problem.Refused("consumer_key_unknown", "The app knows no such consumer."));
        if (SignatureMethod.Find(sent["oauth_signature_method"]) is not { } method)
            return (null, new(400, "signature_method_rejected", $"oauth_signature_method must be one of {string.Join(", ", SignatureMethod.All.Select(each => each.Name))}."));
        if (CheckTimestamp(sent, method, now) is { } untimely) return (null, untimely);

        var (credential, unknown) = sent.GetValueOrDefault("oauth_token") is { Length: > 0 } token ? find(token) : (null, null);
        if (unknown is not null) return (null, unknown);
        if (!method.Fits(new(signed.BaseString, sent["oauth_signature"], consumer.Secret, credential?.Secret ?? "", oauth.Keys.Find(consumer.Key))))
            return (null, OAuth1Problem.Refused("signature_invalid", "The signature does not fit the request."));
        if (await CheckBodyAsync(request, sent, method) is { } changed) return (null, changed);

        // Last, so that nobody uses up the nonces of somebody else by guessing.
        return sent.TryGetValue("oauth_nonce", out var nonce) && !oauth.SeenNonces.TryPut($"{consumer.Key} {credential?.Token} {sent.GetValueOrDefault("oauth_timestamp")} {nonce}", sent, now)
            ? (null, OAuth1Problem.Refused("nonce_used", "oauth_nonce was used before."))
            : (new(consumer, credential, sent), null);
    }

    private static (Dictionary<string, string> Sent, OAuth1Problem? Problem) Read(SignedRequest signed)
    {
        var all = signed.Parameters.Where(SignedRequest.IsOAuths).ToLookup(each => each.Name, each => PercentEncoding.Decode(each.Value));
        var sent = all.ToDictionary(each => each.Key, each => each.First());
        var problem = signed.Places > 1 ? OAuth1Problem.Rejected("oauth_consumer_key", "OAuth's parameters must be in one place: header, form or query.")
            : all.FirstOrDefault(each => each.Count() > 1)?.Key is { } twice ? OAuth1Problem.Rejected(twice, $"{twice} came more than once.")
            : Needed.FirstOrDefault(name => !sent.ContainsKey(name)) is { } absent ? OAuth1Problem.Absent(absent)
            // RFC 5849, 3.1: only a signature that signs nothing can do without them.
            : sent["oauth_signature_method"] != SignatureMethod.Plain && NeededUnlessPlain.FirstOrDefault(name => !sent.ContainsKey(name)) is { } missing ? OAuth1Problem.Absent(missing)
            : sent.GetValueOrDefault("oauth_version", "1.0") != "1.0" ? new(400, "version_rejected", "oauth_version must be 1.0.", "oauth_acceptable_versions=1.0-1.0")
            : null;
        return (sent, problem);
    }

    private static OAuth1Problem? CheckTimestamp(Dictionary<string, string> sent, SignatureMethod method, DateTimeOffset now)
    {
        if (!sent.TryGetValue("oauth_timestamp", out var text) && method.Name == SignatureMethod.Plain) return null;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp) || timestamp == 0)
            return OAuth1Problem.Rejected("oauth_timestamp", "oauth_timestamp must be seconds since 1970, a whole number above zero.");

        var (first, last) = ((now - OAuth1State.Window).ToUnixTimeSeconds(), (now + OAuth1State.Window).ToUnixTimeSeconds());
        return timestamp >= first && timestamp <= last ? null
            : OAuth1Problem.Refused("timestamp_refused", $"oauth_timestamp is too far from the app's clock, {now.ToUnixTimeSeconds()}.", $"oauth_acceptable_timestamps={first}-{last}");
    }

    // The OAuth Request Body Hash extension: for bodies that are no form, since a form is signed as it is.
    private static async Task<OAuth1Problem?> CheckBodyAsync(HttpRequest request, Dictionary<string, string> sent, SignatureMethod method)
    {
        if (!sent.TryGetValue("oauth_body_hash", out var hash)) return null;
        if (RequestReader.IsForm(request)) return OAuth1Problem.Rejected("oauth_body_hash", "oauth_body_hash has no place beside a form.");
        return RandomSecret.Same(await RequestReader.HashBodyAsync(request, method.Hash), hash) ? null
            : OAuth1Problem.Refused("signature_invalid", "oauth_body_hash does not fit the body.");
    }
}

/// <summary>Who sent a request, as whom, and OAuth's own parameters in it.</summary>
internal sealed record Proven(Consumer Consumer, Credential? Credential, IReadOnlyDictionary<string, string> Sent);
