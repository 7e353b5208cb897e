using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Workato.Connections.Recipes.Inputs;

/// <summary>
/// Workato's own references to earlier outputs, <c>#{_dp('{"pill_type":"output","line":"a1","path":["text"]}')}</c> and the
/// older <c>#{_('data.app.a1.text')}</c>, as recipes exported there have them.
/// </summary>
internal static partial class Datapills
{
    /// <summary>The text with them written in Liquid. What is no reference to an output stays as it is.</summary>
    public static string ToLiquid(string text) => text.Contains("#{_", StringComparison.Ordinal) ? Old().Replace(Pill().Replace(text, m => Of(m) ?? m.Value), OfOld) : text;

    private static string? Of(Match match)
    {
        try
        {
            using var pill = JsonDocument.Parse(match.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal));
            var root = pill.RootElement;
            if (!root.TryGetProperty("line", out var line) || !root.TryGetProperty("path", out var path) || path.ValueKind != JsonValueKind.Array) return null;
            return Liquid(line.GetString()!, path.EnumerateArray().Where(s => s.ValueKind is JsonValueKind.String or JsonValueKind.Number).Select(s => s.ToString()));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string OfOld(Match match) => match.Groups[1].Value.Split('.') is ["data", _, var line, .. var path] ? Liquid(line, path) : match.Value;

    private static string Liquid(string line, IEnumerable<string> path)
    {
        var text = new StringBuilder("{{ ").Append(line);
        foreach (var segment in path)
        {
            if (segment.All(char.IsAsciiDigit)) text.Append('[').Append(segment).Append(']');
            else if (segment.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) text.Append('.').Append(segment);
            else text.Append("['").Append(segment.Replace("'", "", StringComparison.Ordinal)).Append("']");
        }

        return text.Append(" }}").ToString();
    }

    [GeneratedRegex(@"#\{_dp\('(.*?)'\)\}")]
    private static partial Regex Pill();

    [GeneratedRegex(@"#\{_\('(.*?)'\)\}")]
    private static partial Regex Old();
}
