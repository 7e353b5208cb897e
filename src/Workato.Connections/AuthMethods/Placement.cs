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

    /// <summary>Whether nothing at all is put on a request.</summary>
    public bool IsEmpty => this is { UserName: null, Password: null, Headers.Count: 0, Query.Count: 0, Cookies.Count: 0, HeadersFrom: null, QueryFrom: null };

    /// <summary>Every field the placement uses.</summary>
    public IEnumerable<string> Fields => new[] { UserName, Password }.OfType<Template>()
        .Concat(Headers.Values).Concat(Query.Values).Concat(Cookies.Values)
        .SelectMany(t => t.Fields)
        .Concat(new[] { HeadersFrom, QueryFrom }.OfType<string>());
}
