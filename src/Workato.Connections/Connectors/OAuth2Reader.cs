using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;

namespace Workato.Connections.Connectors;

/// <summary>Reads the block <c>oauth2</c> of a way to sign in.</summary>
internal static class OAuth2Reader
{
    private static readonly Dictionary<string, Grant> Grants = new()
    {
        ["authorization_code"] = Grant.AuthorizationCode, ["client_credentials"] = Grant.ClientCredentials, ["jwt_bearer"] = Grant.JwtBearer,
    };

    private static readonly Dictionary<string, ClientAuthentication> Authentications = new()
    {
        ["body"] = ClientAuthentication.Body, ["basic"] = ClientAuthentication.Basic,
        ["private_key_jwt"] = ClientAuthentication.PrivateKeyJwt, ["none"] = ClientAuthentication.None,
    };

    private static readonly Dictionary<string, LearnedFrom> Sources = new()
    {
        ["token"] = LearnedFrom.Token, ["callback"] = LearnedFrom.Callback, ["request"] = LearnedFrom.Request,
    };

    public static OAuth2Terms? Read(YamlMap way)
    {
        if (way.MapOrNull("oauth2") is not { } map) return null;
        var grant = map.Choice("grant", Grants);
        // One word, or a field in braces.
        var from = map.TemplateOrNull("client_auth") is { BeginsWithField: true } asked ? asked.Fields[0] : null;
        var terms = new OAuth2Terms
        {
            Grant = grant,
            AuthorizeUrl = map.AddressOrNull("authorize_url"),
            TokenUrl = map.AddressOrNull("token_url") ?? Template.Parse(map.Text("token_url", "https://auth.acme.example/oauth/token")),
            RefreshUrl = map.AddressOrNull("refresh_url"),
            RevokeUrl = map.AddressOrNull("revoke_url"),
            DeviceUrl = map.AddressOrNull("device_url"),
            PushedUrl = map.AddressOrNull("pushed_url"),
            Issuer = map.TextOrNull("issuer"),
            Pkce = map.Flag("pkce", grant == Grant.AuthorizationCode),
            ClientId = map.TemplateOrNull("client_id"),
            ClientSecret = map.TemplateOrNull("client_secret"),
            ClientAuthentication = from is null ? map.Choice("client_auth", Authentications) : ClientAuthentication.Body,
            ClientAuthenticationFrom = from,
            Scopes = [.. map.Maps("scopes").Select(Scope)],
            OwnScopes = map.Flag("own_scopes", false),
            ScopeSeparator = map.TextOrNull("scope_separator") ?? " ",
            ScopeParameter = map.TextOrNull("scope_parameter") ?? "scope",
            AuthorizeParameters = map.Templates("authorize_parameters"),
            TokenParameters = map.Templates("token_parameters"),
            Assertion = Assertion(map),
            Answer = Answer(map),
            TokenLifetime = map.SecondsOrNull("token_lifetime"),
            RefreshLifetime = map.SecondsOrNull("refresh_lifetime"),
            Learn = [.. map.Maps("learn").Select(Learn)],
        };
        Check(map, terms);
        map.RefuseUnknownKeys();
        return terms;
    }

    private static void Check(YamlMap map, OAuth2Terms terms)
    {
        if (terms.Grant == Grant.AuthorizationCode && terms.AuthorizeUrl is null) map.Complain("'authorize_url' is missing: where people are sent to agree", "grant");
        if (terms.Grant == Grant.JwtBearer && terms.Assertion is null) map.Complain("'assertion' is missing: the claims that are signed and exchanged for a token", "grant");
        if (terms.ClientSecret is not null && terms.ClientId is null) map.Complain("'client_secret' needs 'client_id' beside it; leave out both to take them from a custom OAuth profile", "client_secret");
    }

    private static Scope Scope(YamlMap map)
    {
        var required = map.Flag("required", false);
        var scope = new Scope(map.Text("name", "tickets.read"), map.Text("for", "Read tickets"), map.Flag("default", true), required);
        if (scope.Name.Any(char.IsWhiteSpace)) map.Complain("a scope's name has no spaces; write one entry for each scope", "name");
        map.RefuseUnknownKeys();
        return scope;
    }

    private static Learned Learn(YamlMap map)
    {
        var from = map.Choice("from", Sources);
        var learned = new Learned(map.Text("name", "instance_url"), from, map.Text("at", "/instance_url"), map.AddressOrNull("url"));
        if (from == LearnedFrom.Request != learned.Url is not null) map.Complain("'url' belongs to from: request, which needs it", "from");
        if (from != LearnedFrom.Callback && !learned.At.StartsWith('/')) map.Complain("'at' is a JSON pointer and begins with '/', for example /instance_url", "at");
        map.RefuseUnknownKeys();
        return learned;
    }

    private static AssertionTerms? Assertion(YamlMap way)
    {
        if (way.MapOrNull("assertion") is not { } map) return null;
        var terms = new AssertionTerms
        {
            Issuer = Template.Parse(map.Text("issuer", "\"{client_email}\"")),
            Subject = map.TemplateOrNull("subject"),
            Audience = map.TemplateOrNull("audience"),
            PrivateKey = Template.Parse(map.Text("private_key", "\"{private_key}\"")),
            KeyId = map.TemplateOrNull("key_id"),
            ScopeInClaim = map.Flag("scope_in_claim", false),
        };
        map.RefuseUnknownKeys();
        return terms;
    }

    private static TokenAnswerPlaces Answer(YamlMap way)
    {
        var standard = new TokenAnswerPlaces();
        if (way.MapOrNull("answer") is not { } map) return standard;
        var places = new TokenAnswerPlaces
        {
            AccessToken = Pointer(map, "access_token", standard.AccessToken),
            RefreshToken = Pointer(map, "refresh_token", standard.RefreshToken),
            ExpiresIn = Pointer(map, "expires_in", standard.ExpiresIn),
            RefreshExpiresIn = map.Has("refresh_expires_in") ? Pointer(map, "refresh_expires_in", "") : null,
            Scope = Pointer(map, "scope", standard.Scope),
            Error = Pointer(map, "error", standard.Error),
            TokenType = Pointer(map, "token_type", standard.TokenType),
            TokenTypes = map.Has("token_types") ? map.Texts("token_types") : standard.TokenTypes,
            Lost = map.Has("lost") ? map.Texts("lost") : standard.Lost,
        };
        map.RefuseUnknownKeys();
        return places;
    }

    private static string Pointer(YamlMap map, string key, string standard)
    {
        var text = map.TextOrNull(key) ?? standard;
        if (!text.StartsWith('/')) map.Complain($"'{key}' is a JSON pointer and begins with '/', for example {standard}", key);
        return text;
    }
}
