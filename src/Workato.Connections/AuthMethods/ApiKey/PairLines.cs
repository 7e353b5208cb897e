using System.Text.RegularExpressions;

namespace Workato.Connections.AuthMethods.ApiKey;

/// <summary>
/// Pairs a person writes by hand, a line each: <c>Name: value</c> for headers, <c>name=value</c> for the query, where
/// <c>&amp;</c> may stand for a new line.
/// </summary>
internal sealed partial class PairLines(char separator, char[] breaks, Regex name, string example)
{
    public static PairLines Headers { get; } = new(':', ['\n'], HeaderName(), "X-Api-Key: abc123");
    public static PairLines Query { get; } = new('=', ['\n', '&'], QueryName(), "api_key=abc123");

    // Hop-by-hop and framing headers are the connection's own business (RFC 9110 section 7.6.1); a second Host is an attack.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>What is wrong with the text, or null. Never repeats the text: it holds secrets.</summary>
    public string? Problem(string? text)
    {
        foreach (var (index, line) in Lines(text).Index().Where(l => l.Item.Length > 0))
        {
            var number = index + 1;
            var at = line.IndexOf(separator, StringComparison.Ordinal);
            if (at <= 0 || !name.IsMatch(line[..at].Trim())) return $"line {number} is not of the form '{example}'";
            if (separator == ':' && Reserved.Contains(line[..at].Trim())) return $"line {number} names a header that cannot be set";
        }

        return null;
    }

    public IEnumerable<KeyValuePair<string, string>> Read(string? text) =>
        from line in Lines(text)
        let at = line.IndexOf(separator, StringComparison.Ordinal)
        where at > 0
        select KeyValuePair.Create(line[..at].Trim(), line[(at + 1)..].Trim());

    // Every kind of line break ends a line: a lone carriage return inside a header would be one to some servers.
    private IEnumerable<string> Lines(string? text) => (text ?? "").ReplaceLineEndings("\n").Split(breaks, StringSplitOptions.TrimEntries);

    [GeneratedRegex("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")]
    private static partial Regex HeaderName();

    [GeneratedRegex("^[^=&#\\s]+$")]
    private static partial Regex QueryName();
}
