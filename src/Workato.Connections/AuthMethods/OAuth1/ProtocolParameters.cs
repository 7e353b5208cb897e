namespace Workato.Connections.AuthMethods.OAuth1;

/// <summary>The names of the protocol parameters (RFC 5849 section 3.1), in what is sent and in what comes back.</summary>
internal static class ProtocolParameters
{
    public const string ConsumerKey = "oauth_consumer_key";
    public const string Token = "oauth_token";
    public const string TokenSecret = "oauth_token_secret";
    public const string SignatureMethod = "oauth_signature_method";
    public const string Signature = "oauth_signature";
    public const string Timestamp = "oauth_timestamp";
    public const string Nonce = "oauth_nonce";
    public const string Version = "oauth_version";
    public const string BodyHash = "oauth_body_hash";
    public const string Callback = "oauth_callback";
    public const string CallbackConfirmed = "oauth_callback_confirmed";
    public const string Verifier = "oauth_verifier";

    /// <summary>Those that are ours alone on a request. Without regard to case: not every app has one.</summary>
    public static IReadOnlySet<string> Ours { get; } = new HashSet<string>(
        [ConsumerKey, Token, SignatureMethod, Signature, Timestamp, Nonce, Version, BodyHash, Callback, Verifier], StringComparer.OrdinalIgnoreCase);
}
