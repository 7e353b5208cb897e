namespace Workato.Connections.AuthMethods.OAuth2;

/// <summary>How one app does OAuth 2.0, as its connector file says it. What an app does differently is said here, not in code.</summary>
public sealed record OAuth2Terms
{
    /// <summary>How tokens are come by.</summary>
    public Grant Grant { get; init; }

    /// <summary>Where people are sent (RFC 6749 section 3.1); null where nobody is.</summary>
    public Template? AuthorizeUrl { get; init; }

    /// <summary>Where tokens are issued (RFC 6749 section 3.2).</summary>
    public required Template TokenUrl { get; init; }

    /// <summary>Where tokens are refreshed, for the apps that have another address for it.</summary>
    public Template? RefreshUrl { get; init; }

    /// <summary>Where tokens are revoked (RFC 7009); null where they are not.</summary>
    public Template? RevokeUrl { get; init; }

    /// <summary>Where a device begins (RFC 8628); null where it cannot.</summary>
    public Template? DeviceUrl { get; init; }

    /// <summary>Where the request is left before anyone is sent away (RFC 9126); null where it is not.</summary>
    public Template? PushedUrl { get; init; }

    /// <summary>The issuer a callback must name where it names one (RFC 9207); null: not checked.</summary>
    public string? Issuer { get; init; }

    /// <summary>Whether a proof key (RFC 7636, S256) goes along.</summary>
    public bool Pkce { get; init; } = true;

    /// <summary>The client's id; null: from a custom OAuth profile.</summary>
    public Template? ClientId { get; init; }

    /// <summary>The client's secret, or its private key for <see cref="ClientAuthentication.PrivateKeyJwt"/>.</summary>
    public Template? ClientSecret { get; init; }

    /// <summary>How the client says who it is.</summary>
    public ClientAuthentication ClientAuthentication { get; init; }

    /// <summary>The setting in which a person says how, <c>basic</c> or anything else for the body; null: <see cref="ClientAuthentication"/> says it.</summary>
    public string? ClientAuthenticationFrom { get; init; }

    /// <summary>How the client says who it is with these settings.</summary>
    public ClientAuthentication AuthenticationWith(IReadOnlyDictionary<string, string> settings) => ClientAuthenticationFrom is not { } field ? ClientAuthentication
        : settings.GetValueOrDefault(field) == "basic" ? ClientAuthentication.Basic
        : ClientAuthentication.Body;

    /// <summary>The scopes there are, as far as the file knows them.</summary>
    public IReadOnlyList<Scope> Scopes { get; init; } = [];

    /// <summary>Whether a person may ask for scopes the file does not name.</summary>
    public bool OwnScopes { get; init; }

    /// <summary>What stands between scopes; a space by the standard (RFC 6749 section 3.3).</summary>
    public string ScopeSeparator { get; init; } = " ";

    /// <summary>The parameter that carries the scopes.</summary>
    public string ScopeParameter { get; init; } = "scope";

    /// <summary>What else goes along when people are sent away.</summary>
    public IReadOnlyDictionary<string, Template> AuthorizeParameters { get; init; } = new Dictionary<string, Template>();

    /// <summary>What else goes along when tokens are asked for.</summary>
    public IReadOnlyDictionary<string, Template> TokenParameters { get; init; } = new Dictionary<string, Template>();

    /// <summary>What stands in the assertion of <see cref="Grant.JwtBearer"/> (RFC 7523 section 3).</summary>
    public AssertionTerms? Assertion { get; init; }

    /// <summary>Where the token answer keeps what; JSON pointers.</summary>
    public TokenAnswerPlaces Answer { get; init; } = new();

    /// <summary>How long an access token lives where the app does not say; null: until it is rejected.</summary>
    public TimeSpan? TokenLifetime { get; init; }

    /// <summary>How long a refresh token lives where the app does not say; null: until it is revoked.</summary>
    public TimeSpan? RefreshLifetime { get; init; }

    /// <summary>What is learned while signing in, by the name templates know it by.</summary>
    public IReadOnlyList<Learned> Learn { get; init; } = [];

    /// <summary>Whether a person must go to the app and agree.</summary>
    public bool NeedsConsent => Grant == Grant.AuthorizationCode;

    /// <summary>All addresses, by the key they stand under.</summary>
    public IEnumerable<(string Key, Template Address)> Addresses =>
        from named in new[]
        {
            ("authorize_url", AuthorizeUrl), ("token_url", TokenUrl), ("refresh_url", RefreshUrl), ("revoke_url", RevokeUrl), ("device_url", DeviceUrl), ("pushed_url", PushedUrl),
        }.Concat(Learn.Select(l => ("url", l.Url)))
        where named.Item2 is not null
        select (named.Item1, named.Item2);

    /// <summary>Every field these terms use.</summary>
    public IEnumerable<string> Fields => Addresses.Select(a => a.Address)
        .Concat(new[] { ClientId, ClientSecret }.OfType<Template>())
        .Concat(AuthorizeParameters.Values).Concat(TokenParameters.Values).Concat(Assertion?.Templates ?? [])
        .SelectMany(t => t.Fields)
        .Concat(new[] { ClientAuthenticationFrom }.OfType<string>());
}

/// <summary>How tokens are come by.</summary>
public enum Grant
{
    /// <summary>A person agrees at the app (RFC 6749 section 4.1).</summary>
    AuthorizationCode,

    /// <summary>The client itself is the user (RFC 6749 section 4.4).</summary>
    ClientCredentials,

    /// <summary>A signed assertion says on whose behalf (RFC 7523 section 2.1).</summary>
    JwtBearer,
}

/// <summary>How a client says who it is at the token endpoint.</summary>
public enum ClientAuthentication
{
    /// <summary>Id and secret in the body (RFC 6749 section 2.3.1).</summary>
    Body,

    /// <summary>Id and secret by HTTP Basic (RFC 6749 section 2.3.1).</summary>
    Basic,

    /// <summary>A signed assertion (RFC 7523 section 2.2); the client's secret is its private key.</summary>
    PrivateKeyJwt,

    /// <summary>The id alone: a public client (RFC 6749 section 2.1).</summary>
    None,
}

/// <summary>A permission that can be asked for.</summary>
/// <param name="Name">In the app's words.</param>
/// <param name="For">What it allows, for a person.</param>
/// <param name="Default">Whether it is asked for unless somebody says otherwise.</param>
/// <param name="Required">Whether it is asked for always: nothing works without it.</param>
public sealed record Scope(string Name, string For, bool Default, bool Required);

/// <summary>Something an app tells while signing in.</summary>
/// <param name="Name">What templates call it.</param>
/// <param name="From">Who tells it.</param>
/// <param name="At">A JSON pointer, or the name of a parameter of the callback.</param>
/// <param name="Url">For <see cref="LearnedFrom.Request"/>: what is asked, with the new access token.</param>
public sealed record Learned(string Name, LearnedFrom From, string At, Template? Url);

/// <summary>Who tells what is learned.</summary>
public enum LearnedFrom
{
    /// <summary>The token answer.</summary>
    Token,

    /// <summary>The parameters of the callback.</summary>
    Callback,

    /// <summary>A request of its own.</summary>
    Request,
}

/// <summary>Where a token answer keeps what: JSON pointers (RFC 6901), the standard's places (RFC 6749 section 5) unless the file says otherwise.</summary>
public sealed record TokenAnswerPlaces
{
    /// <summary>The access token.</summary>
    public string AccessToken { get; init; } = "/access_token";

    /// <summary>The refresh token.</summary>
    public string RefreshToken { get; init; } = "/refresh_token";

    /// <summary>Seconds the access token lives.</summary>
    public string ExpiresIn { get; init; } = "/expires_in";

    /// <summary>Seconds the refresh token lives; null: one of the names many apps have for it.</summary>
    public string? RefreshExpiresIn { get; init; }

    /// <summary>What was granted.</summary>
    public string Scope { get; init; } = "/scope";

    /// <summary>The error's code.</summary>
    public string Error { get; init; } = "/error";

    /// <summary>The type of the access token.</summary>
    public string TokenType { get; init; } = "/token_type";

    /// <summary>The types of tokens that are put on requests as a bearer is; <c>bearer</c> by the standard (RFC 6750), and where the app says none.</summary>
    public IReadOnlyList<string> TokenTypes { get; init; } = ["bearer"];

    /// <summary>Error codes by which the app says that the refresh token is gone for good; <c>invalid_grant</c> by the standard.</summary>
    public IReadOnlyList<string> Lost { get; init; } = ["invalid_grant"];
}

/// <summary>The claims of a JWT that is exchanged for a token (RFC 7523 section 3), signed by RS256.</summary>
public sealed record AssertionTerms
{
    /// <summary>Who signs.</summary>
    public required Template Issuer { get; init; }

    /// <summary>On whose behalf.</summary>
    public Template? Subject { get; init; }

    /// <summary>For whom; null: the token address.</summary>
    public Template? Audience { get; init; }

    /// <summary>The private key, PEM.</summary>
    public required Template PrivateKey { get; init; }

    /// <summary>The key's id in the header.</summary>
    public Template? KeyId { get; init; }

    /// <summary>Whether the scopes stand in the claim <c>scope</c>, as Google wants them, and not in the request.</summary>
    public bool ScopeInClaim { get; init; }

    /// <summary>All of them.</summary>
    internal IEnumerable<Template> Templates => new[] { Issuer, Subject, Audience, PrivateKey, KeyId }.OfType<Template>();
}
