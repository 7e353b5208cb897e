namespace Workato.Connections.Secrets;

/// <summary>PEM as people paste it: out of a JSON file, the line breaks stand there as <c>\n</c>.</summary>
internal static class PemText
{
    /// <summary>The text with real line breaks.</summary>
    public static string Whole(string pem) => pem.Replace("\\n", "\n", StringComparison.Ordinal).Trim();
}
