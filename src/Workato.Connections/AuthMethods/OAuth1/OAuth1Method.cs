using System.Security.Cryptography;
using Workato.Connections.Secrets;

namespace Workato.Connections.AuthMethods.OAuth1;

/// <summary>OAuth 1.0 (RFC 5849), client side: with a token of a person, with one a person brings, or with none.</summary>
public sealed class OAuth1Method : IAuthMethod
{
    private readonly ClockOffsets clock;
    private readonly Func<string> nonce;

    /// <summary>With the time and chance of this machine.</summary>
    public OAuth1Method()
        : this(TimeProvider.System, NewNonce)
    {
    }

    internal OAuth1Method(TimeProvider time, Func<string> nonce) => (clock, this.nonce) = (new(time), nonce);

    /// <inheritdoc/>
    public string Name => AuthMethodNames.OAuth1;

    /// <inheritdoc/>
    public string? Complaint(Placement placement) =>
        placement.OAuth1 is not { } terms ? "oauth1 needs a block 'oauth1'; write for example consumer_key: \"{consumer_key}\" in it"
        : !(placement with { OAuth1 = null }).IsEmpty ? "oauth1 knows only the block 'oauth1'; remove the other keys"
        : terms.SignatureMethod.Fields.Count == 0 && SignatureMethods.Find(terms.SignatureMethod.Text) is null ? $"oauth1 knows no signature method '{terms.SignatureMethod}'; write one of {Allowed}"
        : terms is { Token: null, TokenSecret: not null } ? "oauth1 takes 'token_secret' only beside 'token'; write both, or neither"
        : null;

    /// <inheritdoc/>
    public IEnumerable<(string Field, string Problem)> Problems(Placement placement, FieldValues values)
    {
        var terms = placement.OAuth1!;
        // Header values are ASCII on the wire (RFC 9110 section 5.5), and the realm is not encoded.
        foreach (var field in terms.Realm?.Fields ?? [])
        {
            if (values.Reveal(field)?.Any(c => c > '~') == true) yield return (field, "must hold only plain ASCII characters");
        }

        // None of the three has been taken out already, see the connector's way to sign in.
        foreach (var (_, address) in terms.Addresses.Where(a => a.Address.Fill(values.Reveal).Length == 0))
            yield return (address.Fields[0], "can't be blank while the other addresses of OAuth 1.0 are given; give all three, or none where nobody is sent to the app");

        if (terms is { NeedsConsent: true, Token.Fields: [var token, ..] } && Filled(terms.Token, values) is not null)
            yield return (token, "must be blank where the addresses of OAuth 1.0 are given: then the app issues the token when somebody signs in there");

        var credentials = Sign(placement, values);
        if (SignatureMethods.Find(terms.SignatureMethod.Fill(values.Reveal)) is not { } method) yield return (terms.SignatureMethod.Fields[0], $"is not a signature method; allowed: {Allowed}");
        else if (terms.PrivateKey is { Fields: [var field, ..] } && !method.Accepts(credentials.Keys))
            yield return (field, $"must be an RSA private key for {method.Name}: PEM, beginning with -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----, without a passphrase");
    }

    /// <inheritdoc/>
    public IRequestCredentials Bind(Placement placement, FieldValues values) => Sign(placement, values);

    /// <summary>As <see cref="Bind"/>, for whoever asks the app for tokens.</summary>
    internal OAuth1Credentials Sign(Placement placement, FieldValues values)
    {
        var terms = placement.OAuth1!;
        var client = OAuthClient.Of(placement, values);
        // The token and its secret come from the same hand: a person's, or the app's.
        var brought = Filled(terms.Token, values);
        return new(clock, nonce)
        {
            ConsumerKey = client?.Id ?? "",
            Method = SignatureMethods.Find(terms.SignatureMethod.Fill(values.Reveal)) ?? SignatureMethods.Find("HMAC-SHA1")!,
            Keys = new(client?.Secret, brought is null ? Given(Tokens.TokenSecretName, values) : Filled(terms.TokenSecret, values), Filled(terms.PrivateKey, values) ?? client?.Secret),
            Token = brought ?? Given(Tokens.AccessTokenName, values),
            SignatureIn = terms.SignatureIn,
            Realm = terms.Realm?.Fill(values.Reveal),
            BodyHash = terms.BodyHash,
        };
    }

    private static string Allowed => string.Join(", ", SignatureMethods.Names);

    // 96 bits; as many letters as apps with strict habits take (python's oauthlib: 20 to 30).
    private static string NewNonce() => RandomNumberGenerator.GetHexString(24, lowercase: true);

    private static Secret? Filled(Template? template, FieldValues values) => template?.Fill(values.Reveal) is { Length: > 0 } text ? new(text) : null;

    private static Secret? Given(string name, FieldValues values) => values.Reveal(name) is { Length: > 0 } text ? new(text) : null;
}
