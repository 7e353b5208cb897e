namespace Workato.Connections.AuthMethods;

/// <summary>Credentials that are the same on every request: headers, query parameters, cookies.</summary>
internal sealed class FixedCredentials : IRequestCredentials
{
    public static FixedCredentials None { get; } = new();

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];
    public IReadOnlyList<KeyValuePair<string, string>> Cookies { get; init; } = [];

    public void PutOn(HttpRequestMessage request)
    {
        foreach (var (name, value) in Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Cookies.Count > 0)
        {
            request.Headers.Remove("Cookie");
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        }

        if (Query.Count > 0) request.RequestUri = WithQuery(request.RequestUri!);
    }

    private Uri WithQuery(Uri uri)
    {
        var kept = uri.Query.Length < 2 ? [] : uri.Query[1..].Split('&').Where(pair => !IsOurs(pair));
        var ours = Query.Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value)}");
        return Rewritten(uri, string.Join('&', kept.Concat(ours)));
    }

    // Path and query go on as the caller wrote them: canonicalizing would change %2F, which apps tell apart from a slash.
    private static Uri Rewritten(Uri uri, string query) => new(
        uri.GetLeftPart(UriPartial.Authority) + uri.AbsolutePath + "?" + query,
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private bool IsOurs(string pair)
    {
        var name = Uri.UnescapeDataString(pair.Split('=')[0].Replace('+', ' '));
        // Many apps read parameter names without regard to case.
        return Query.Any(q => q.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
