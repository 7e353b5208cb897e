namespace Workato.Connections.AuthMethods.OAuth1;

/// <summary>How one app does OAuth 1.0 (RFC 5849) and its variations, as its connector file says it.</summary>
public sealed record OAuth1Terms
{
    /// <summary>Where temporary credentials are got (section 2.1); null where nobody is sent away: the token is given, or there is none.</summary>
    public Template? RequestTokenUrl { get; init; }

    /// <summary>Where people are sent (section 2.2).</summary>
    public Template? AuthorizeUrl { get; init; }

    /// <summary>Where token credentials are got (section 2.3).</summary>
    public Template? AccessTokenUrl { get; init; }

    /// <summary>The client's identifier; null: from a custom OAuth profile.</summary>
    public Template? ConsumerKey { get; init; }

    /// <summary>The client's shared-secret; null: from the profile, or none.</summary>
    public Template? ConsumerSecret { get; init; }

    /// <summary>The client's RSA private key, PEM.</summary>
    public Template? PrivateKey { get; init; }

    /// <summary>The token, where a person brings it.</summary>
    public Template? Token { get; init; }

    /// <summary>Its shared-secret.</summary>
    public Template? TokenSecret { get; init; }

    /// <summary>HMAC-SHA1, HMAC-SHA256, HMAC-SHA512, RSA-SHA1, RSA-SHA256, RSA-SHA512 or PLAINTEXT (section 3.4), or a field that says so.</summary>
    public Template SignatureMethod { get; init; } = Template.Parse("HMAC-SHA1");

    /// <summary>Where the protocol parameters go (section 3.5): <c>header</c>, <c>query</c> or <c>body</c>.</summary>
    public string SignatureIn { get; init; } = "header";

    /// <summary>The realm (section 3.5.1).</summary>
    public Template? Realm { get; init; }

    /// <summary>Whether bodies that are no forms are signed by <c>oauth_body_hash</c>.</summary>
    public bool BodyHash { get; init; }

    /// <summary>What else goes along when people are sent away.</summary>
    public IReadOnlyDictionary<string, Template> AuthorizeParameters { get; init; } = new Dictionary<string, Template>();

    /// <summary>How long a token lives where it ends; null: until it is rejected.</summary>
    public TimeSpan? TokenLifetime { get; init; }

    /// <summary>Whether a person must go to the app and agree.</summary>
    public bool NeedsConsent => RequestTokenUrl is not null;

    /// <summary>All addresses, by the key they stand under.</summary>
    public IEnumerable<(string Key, Template Address)> Addresses =>
        from named in new[] { ("request_token_url", RequestTokenUrl), ("authorize_url", AuthorizeUrl), ("access_token_url", AccessTokenUrl) }
        where named.Item2 is not null
        select (named.Item1, named.Item2);

    /// <summary>Every field these terms use.</summary>
    public IEnumerable<string> Fields => Addresses.Select(a => a.Address)
        .Concat(new[] { ConsumerKey, ConsumerSecret, PrivateKey, Token, TokenSecret, SignatureMethod, Realm }.OfType<Template>())
        .Concat(AuthorizeParameters.Values).SelectMany(t => t.Fields);
}
