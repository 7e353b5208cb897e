namespace Workato.Connections.AuthMethods.ApiKey;

/// <summary>A key or secret in headers, query or cookies, wherever the app wants it.</summary>
public sealed class ApiKeyMethod : IAuthMethod
{
    /// <inheritdoc/>
    public string Name => AuthMethodNames.ApiKey;

    /// <inheritdoc/>
    public string? Complaint(Placement placement) =>
        placement is not { UserName: null, Password: null } ? "api_key knows no 'username' and 'password'; remove them or choose basic"
        : placement is not { OAuth1: null, OAuth2: null } ? "api_key knows no 'oauth1' and 'oauth2'; remove the block or choose the method of its name"
        : !placement.Fields.Any() ? "api_key needs at least one of 'headers', 'query', 'cookies', 'headers_from', 'query_from' with a field in braces"
        : placement.Headers.Keys.FirstOrDefault(name => PairLines.Headers.Problem(name + ":") is not null) is { } header ? $"api_key cannot set the header '{header}'; write a name such as X-Api-Key"
        : null;

    /// <inheritdoc/>
    public IEnumerable<(string Field, string Problem)> Problems(Placement placement, FieldValues values)
    {
        // Header values are ASCII on the wire (RFC 9110 section 5.5); anything else is a slip while copying.
        foreach (var field in placement.Headers.Values.Concat(placement.Cookies.Values).SelectMany(t => t.Fields).Append(placement.HeadersFrom ?? "").Distinct())
        {
            if (values.Reveal(field)?.Any(c => c > '~') == true) yield return (field, "must hold only plain ASCII characters");
        }

        if (placement.HeadersFrom is { } headers && PairLines.Headers.Problem(values.Reveal(headers)) is { } headerProblem)
            yield return (headers, headerProblem);
        if (placement.QueryFrom is { } query && PairLines.Query.Problem(values.Reveal(query)) is { } queryProblem)
            yield return (query, queryProblem);
    }

    /// <inheritdoc/>
    public IRequestCredentials Bind(Placement placement, FieldValues values) => new FixedCredentials
    {
        Headers = [.. Filled(placement.Headers, values), .. PairLines.Headers.Read(FieldOrNull(placement.HeadersFrom, values))],
        Query = [.. Filled(placement.Query, values), .. PairLines.Query.Read(FieldOrNull(placement.QueryFrom, values))],
        Cookies = [.. Filled(placement.Cookies, values)],
    };

    private static string? FieldOrNull(string? field, FieldValues values) => field is null ? null : values.Reveal(field);

    // What stands for an optional field that was not given is left out, not sent empty.
    private static IEnumerable<KeyValuePair<string, string>> Filled(IReadOnlyDictionary<string, Template> templates, FieldValues values) =>
        templates.Where(t => t.Value.Fields.Count == 0 || t.Value.Fields.Any(f => !string.IsNullOrEmpty(values.Reveal(f)))).Select(t => KeyValuePair.Create(t.Key, t.Value.Fill(values.Reveal)));
}
