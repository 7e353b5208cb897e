namespace Workato.Connections.AuthMethods.OAuth1;

/// <summary>What is signed of a request: RFC 5849 section 3.4.1.</summary>
internal static class BaseString
{
    /// <summary>The base string of a request with these parameters, encoded already.</summary>
    public static string Of(HttpMethod method, Uri uri, IEnumerable<(string Name, string Value)> parameters) =>
        $"{method.Method.ToUpperInvariant()}&{ParameterEncoding.Encode(Address(uri))}&{ParameterEncoding.Encode(Normalized(parameters))}";

    /// <summary>Section 3.4.1.2: scheme and host in lower case, the port only where it is not the scheme's own, the path as it is sent.</summary>
    public static string Address(Uri uri)
    {
        // As the Host header says it: IPv6 in brackets, other alphabets in punycode.
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        return $"{uri.Scheme.ToLowerInvariant()}://{host.ToLowerInvariant()}{port}{uri.AbsolutePath}";
    }

    /// <summary>Section 3.4.1.3.2: by encoded name, then by encoded value; what is there twice stays twice.</summary>
    public static string Normalized(IEnumerable<(string Name, string Value)> parameters) => string.Join('&', parameters
        .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
        .Select(p => $"{p.Name}={p.Value}"));
}
