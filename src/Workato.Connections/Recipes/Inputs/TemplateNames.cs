using System.Text.RegularExpressions;

namespace Workato.Connections.Recipes.Inputs;

/// <summary>Finds what a template refers to, so that a recipe that refers to a step that comes later is refused before it runs.</summary>
internal static partial class TemplateNames
{
    private static readonly HashSet<string> Words = ["and", "or", "not", "contains", "in", "true", "false", "nil", "null", "empty", "blank", "reversed", "limit", "offset", "forloop"];

    /// <summary>The names of values, without those that its own loops give.</summary>
    public static IReadOnlyList<string> In(string template)
    {
        var own = Loop().Matches(template).Select(l => l.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        return [.. Parts(template).SelectMany(Roots).Where(n => !own.Contains(n)).Distinct()];
    }

    /// <summary>The filters it uses.</summary>
    public static IEnumerable<string> Filters(string template) => Outputs(template).SelectMany(o => o.Split('|').Skip(1)).Select(f => f.Split(':')[0].Trim()).Where(f => f.Length > 0);

    /// <summary>The same template with another name for one of the values it refers to.</summary>
    public static string Rename(string template, string from, string to) =>
        Expression().Replace(template, part => QuotedOrName().Replace(part.Value, word => word.Value == from ? to : word.Value));

    private static IEnumerable<string> Parts(string template)
    {
        foreach (var output in Outputs(template))
        {
            var parts = output.Split('|');
            yield return parts[0];
            // Behind a filter's name stands what it is given.
            foreach (var filter in parts.Skip(1)) yield return filter.Contains(':', StringComparison.Ordinal) ? filter[(filter.IndexOf(':', StringComparison.Ordinal) + 1)..] : "";
        }

        foreach (var tag in Tag().Matches(template).Select(t => Quoted().Replace(t.Groups[1].Value, "0")))
        {
            var words = tag.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length == 2) yield return words[1];
        }
    }

    private static IEnumerable<string> Outputs(string template) => Output().Matches(template).Select(o => Quoted().Replace(o.Groups[1].Value, "0"));

    private static IEnumerable<string> Roots(string expression) => Root().Matches(expression).Select(r => r.Value).Where(r => !Words.Contains(r));

    [GeneratedRegex(@"\{\{-?(.*?)-?\}\}", RegexOptions.Singleline)]
    private static partial Regex Output();

    [GeneratedRegex(@"\{%-?(.*?)-?%\}", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\{%-?\s*for\s+([\w-]+)\s+in\b")]
    private static partial Regex Loop();

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline)]
    private static partial Regex Expression();

    // A text in quotes is taken as a whole, so that nothing inside it is a name.
    [GeneratedRegex("""
        '[^']*'|"[^"]*"|(?<![\w.\-])[A-Za-z_][\w-]*(?!\w*\s*:)
        """)]
    private static partial Regex QuotedOrName();

    [GeneratedRegex("'[^']*'|\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\w.\-])[A-Za-z_][\w-]*(?!\w*\s*:)")]
    private static partial Regex Root();
}
