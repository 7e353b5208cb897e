using Workato.Connections.Secrets;

namespace Workato.Connections.AuthMethods;

/// <summary>Who we are to an app: a client's id and secret (RFC 6749 section 2.2), a consumer's key and secret with OAuth 1.0.</summary>
/// <param name="Id">No secret.</param>
/// <param name="Secret">The secret or the private key; null for a public client.</param>
public sealed record OAuthClient(string Id, Secret? Secret)
{
    /// <summary>The names templates know a custom OAuth profile's client by.</summary>
    public const string IdName = "client_id";

    /// <summary>See <see cref="IdName"/>.</summary>
    public const string SecretName = "client_secret";

    /// <summary>The client these fields name; null where none is.</summary>
    public static OAuthClient? Of(Placement placement, FieldValues values)
    {
        var (id, secret) = placement switch
        {
            { OAuth2: { } terms } => (terms.ClientId, terms.ClientSecret),
            { OAuth1: { } terms } => (terms.ConsumerKey, terms.ConsumerSecret),
            _ => (null, null),
        };
        var known = id?.Fill(values.Reveal) ?? values.Reveal(IdName);
        var hidden = id is null ? values.Reveal(SecretName) : secret?.Fill(values.Reveal);
        return string.IsNullOrEmpty(known) ? null : new(known, string.IsNullOrEmpty(hidden) ? null : new(hidden));
    }
}
