using Workato.Connections.AuthMethods.OAuth1;
using Workato.Connections.AuthMethods.OAuth2;

namespace Workato.Connections.AuthMethods;

/// <summary>Where a method puts the credentials of one app on a request: templates, as the connector's file says them.</summary>
public sealed record Placement
{
    /// <summary>Nothing is put anywhere.</summary>
    public static Placement None { get; } = new();

    /// <summary>The user name of HTTP Basic authentication.</summary>
    public Template? UserName { get; init; }

    /// <summary>The password of HTTP Basic authentication.</summary>
    public Template? Password { get; init; }

    /// <summary>Headers by name.</summary>
    public IReadOnlyDictionary<string, Template> Headers { get; init; } = new Dictionary<string, Template>();

    /// <summary>Query parameters by name.</summary>
    public IReadOnlyDictionary<string, Template> Query { get; init; } = new Dictionary<string, Template>();

    /// <summary>Cookies by name.</summary>
    public IReadOnlyDictionary<string, Template> Cookies { get; init; } = new Dictionary<string, Template>();

    /// <summary>The field in which the person writes whole headers, a line each.</summary>
    public string? HeadersFrom { get; init; }

    /// <summary>The field in which the person writes whole query parameters, a line each.</summary>
    public string? QueryFrom { get; init; }

    /// <summary>How the app does OAuth 1.0, where it does.</summary>
    public OAuth1Terms? OAuth1 { get; init; }

    /// <summary>How the app does OAuth 2.0, where it does.</summary>
    public OAuth2Terms? OAuth2 { get; init; }

    /// <summary>Whether the credentials are tokens the app issues: then there are none before it did.</summary>
    public bool UsesTokens => OAuth2 is not null || OAuth1 is { NeedsConsent: true };

    /// <summary>Whether a person must go to the app and agree before there are credentials.</summary>
    public bool NeedsConsent => OAuth2 is { NeedsConsent: true } || OAuth1 is { NeedsConsent: true };

    /// <summary>Whether the client's id and secret come from a custom OAuth profile.</summary>
    public bool NeedsProfile => OAuth2 is { ClientId: null, Grant: not Grant.JwtBearer } || OAuth1 is { ConsumerKey: null };

    /// <summary>What the app tells while one signs in, see <see cref="OAuth2Terms.Learn"/>.</summary>
    public IEnumerable<string> Learned => OAuth2?.Learn.Select(l => l.Name) ?? [];

    /// <summary>The names templates may use that nobody is asked for.</summary>
    public IEnumerable<string> Provided =>
        (UsesTokens ? Tokens.Names.Concat(Learned) : []).Concat(NeedsProfile ? [OAuthClient.IdName, OAuthClient.SecretName] : []);

    /// <summary>The app's addresses for signing in, by the key they stand under.</summary>
    public IEnumerable<(string Key, Template Address)> Addresses => (OAuth2?.Addresses ?? []).Concat(OAuth1?.Addresses ?? []);

    /// <summary>Whether nothing at all is put on a request.</summary>
    public bool IsEmpty => this is { UserName: null, Password: null, Headers.Count: 0, Query.Count: 0, Cookies.Count: 0, HeadersFrom: null, QueryFrom: null, OAuth1: null, OAuth2: null };

    /// <summary>Every field the placement uses.</summary>
    public IEnumerable<string> Fields => new[] { UserName, Password }.OfType<Template>()
        .Concat(Headers.Values).Concat(Query.Values).Concat(Cookies.Values)
        .SelectMany(t => t.Fields)
        .Concat(new[] { HeadersFrom, QueryFrom }.OfType<string>())
        .Concat(OAuth1?.Fields ?? []).Concat(OAuth2?.Fields ?? []);
}
