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
            if (request.Headers.NonValidated.Contains(name)) request.Headers.Remove(name);
            if (!request.Headers.TryAddWithoutValidation(name, value)) PutOnBody(request.Content, name, value);
        }

        if (Cookies.Count > 0)
        {
            request.Headers.Remove("Cookie");
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        }

        if (Query.Count > 0) request.RequestUri = WithQuery(request.RequestUri!);
    }

    // Content-Type and its like, which people write beside their keys: about the body, and void where there is none.
    private static void PutOnBody(HttpContent? body, string name, string value)
    {
        body?.Headers.Remove(name);
        body?.Headers.TryAddWithoutValidation(name, value);
    }

    private Uri WithQuery(Uri uri)
    {
        var kept = RequestQuery.Of(uri) is { Length: > 0 } query ? query.Split('&').Where(pair => !IsOurs(pair)) : [];
        var ours = Query.Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value)}");
        return RequestQuery.Replace(uri, string.Join('&', kept.Concat(ours)));
    }

    // Without regard to case: some apps have none for names of parameters, and would take the caller's for ours.
    private bool IsOurs(string pair)
    {
        var name = Uri.UnescapeDataString(pair.Split('=')[0].Replace('+', ' '));
        return Query.Any(q => q.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
