using System.Text.RegularExpressions;

namespace Workato.Connections.SampleApp.SignIn.OAuth1;

/// <summary>Everything of a request that its signature is about, in the encoding of the base string.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Scheme">http or https.</param>
/// <param name="Host">With the port if the client named it.</param>
/// <param name="Path">As it was sent, not decoded.</param>
/// <param name="Query">As it was sent, without the question mark.</param>
/// <param name="Header">What follows the scheme OAuth in the Authorization header, or "".</param>
/// <param name="Form">The body if it is a form, or "".</param>
internal sealed partial record SignedRequest(string Method, string Scheme, string Host, string Path, string Query, string Header, string Form)
{
    /// <summary>All parameters, encoded, the signature among them (RFC 5849, 3.4.1.3.1).</summary>
    public IReadOnlyList<(string Name, string Value)> Parameters { get; } = [.. OfHeader(Header), .. OfForm(Query), .. OfForm(Form)];

    /// <summary>In how many of the three places there are OAuth's own parameters; they may be in one (RFC 5849, 3.5).</summary>
    public int Places => new[] { OfHeader(Header), OfForm(Query), OfForm(Form) }.Count(place => place.Any(IsOAuths));

    /// <summary>What is signed (RFC 5849, 3.4.1.1).</summary>
    public string BaseString => $"{Method.ToUpperInvariant()}&{PercentEncoding.Encode(BaseUri)}&{PercentEncoding.Encode(NormalizedParameters)}";

    // RFC 5849, 3.4.1.2: small letters, and the port only if it is not the scheme's own.
    private string BaseUri
    {
        get
        {
            var (scheme, host) = (Scheme.ToLowerInvariant(), Host.ToLowerInvariant());
            var defaultPort = scheme == "https" ? ":443" : ":80";
            return $"{scheme}://{(host.EndsWith(defaultPort, StringComparison.Ordinal) ? host[..^defaultPort.Length] : host)}{(Path.Length == 0 ? "/" : Path)}";
        }
    }

    // RFC 5849, 3.4.1.3.2: sorted by name and then by value as they are encoded; the same one twice stays there twice.
    private string NormalizedParameters => string.Join('&', Parameters
        .Where(parameter => parameter.Name != "oauth_signature")
        .OrderBy(parameter => parameter.Name, StringComparer.Ordinal).ThenBy(parameter => parameter.Value, StringComparer.Ordinal)
        .Select(parameter => $"{parameter.Name}={parameter.Value}"));

    public static bool IsOAuths((string Name, string Value) parameter) => parameter.Name.StartsWith("oauth_", StringComparison.Ordinal);

    // RFC 5849, 3.5.1: values are in quotes, and realm is not signed.
    private static IEnumerable<(string Name, string Value)> OfHeader(string header) => HeaderParameter().Matches(header)
        .Where(match => !match.Groups[1].Value.Equals("realm", StringComparison.OrdinalIgnoreCase))
        .Select(match => (PercentEncoding.Normalize(match.Groups[1].Value, plusIsSpace: false), PercentEncoding.Normalize(match.Groups[2].Value, plusIsSpace: false)));

    private static IEnumerable<(string Name, string Value)> OfForm(string form) => form
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split('=', 2))
        .Select(pair => (PercentEncoding.Normalize(pair[0], plusIsSpace: true), PercentEncoding.Normalize(pair.ElementAtOrDefault(1) ?? "", plusIsSpace: true)));

    [GeneratedRegex("([^\\s=,\"]+)\\s*=\\s*\"([^\"]*)\"")]
    private static partial Regex HeaderParameter();
}
