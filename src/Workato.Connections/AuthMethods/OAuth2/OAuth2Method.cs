namespace Workato.Connections.AuthMethods.OAuth2;

/// <summary>OAuth 2.0: the access token as a bearer (RFC 6750), or wherever the connector's file puts it.</summary>
public sealed class OAuth2Method : IAuthMethod
{
    private static readonly Template Bearer = Template.Parse($"Bearer {{{Tokens.AccessTokenName}}}");

    /// <inheritdoc/>
    public string Name => AuthMethodNames.OAuth2;

    /// <inheritdoc/>
    public string? Complaint(Placement placement) =>
        placement.OAuth2 is null ? "oauth2 needs a block 'oauth2' with at least token_url"
        : placement is not { UserName: null, Password: null, HeadersFrom: null, QueryFrom: null, OAuth1: null } ? "oauth2 knows only 'oauth2', 'headers', 'query' and 'cookies'; remove the other keys"
        : null;

    /// <inheritdoc/>
    public IRequestCredentials Bind(Placement placement, FieldValues values)
    {
        var puts = placement with { OAuth2 = null };
        // RFC 6750 section 2.1; nothing else is said where the file says nothing.
        if (!puts.Fields.Contains(Tokens.AccessTokenName)) puts = puts with { Headers = new Dictionary<string, Template>(puts.Headers) { ["Authorization"] = Bearer } };
        return new FixedCredentials
        {
            Headers = [.. Fill(puts.Headers, values)],
            Query = [.. Fill(puts.Query, values)],
            Cookies = [.. Fill(puts.Cookies, values)],
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> Fill(IReadOnlyDictionary<string, Template> templates, FieldValues values) =>
        templates.Select(t => KeyValuePair.Create(t.Key, t.Value.Fill(values.Reveal)));
}
