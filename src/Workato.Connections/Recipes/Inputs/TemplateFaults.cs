using System.Text.RegularExpressions;

namespace Workato.Connections.Recipes.Inputs;

/// <summary>Says in plain words why a template cannot be read; the words stand behind the field's name.</summary>
internal static partial class TemplateFaults
{
    /// <summary>What is wrong with a template that could not be read.</summary>
    public static string Of(string text)
    {
        if (IsLeftOpen(text, "{{", "}}")) return "has {{ without }}; a reference is written as {{ step.field }}";
        if (IsLeftOpen(text, "{%", "%}")) return "has {% without %}; a condition is written as {% if step.field %} … {% endif %}";
        var open = new Stack<string>();
        foreach (var tag in Tag().Matches(text).Select(t => t.Groups[1].Value))
        {
            if (tag is "if" or "unless" or "case" or "for") open.Push(tag);
            else if (tag.StartsWith("end", StringComparison.Ordinal) && (!open.TryPop(out var begun) || tag != "end" + begun)) return $"has {{% {tag} %}} without {{% {tag[3..]} %}} before it";
        }

        if (open.TryPop(out var left)) return $"has {{% {left} %}} without {{% end{left} %}} behind it";
        return "cannot be read as a template; allowed are references such as {{ step.field }}, filters such as {{ step.field | upcase }}, and the tags if, unless, case and for";
    }

    private static bool IsLeftOpen(string text, string begin, string end)
    {
        for (var at = text.IndexOf(begin, StringComparison.Ordinal); at >= 0; at = text.IndexOf(begin, at + 2, StringComparison.Ordinal))
        {
            var (ended, next) = (text.IndexOf(end, at + 2, StringComparison.Ordinal), text.IndexOf(begin, at + 2, StringComparison.Ordinal));
            if (ended < 0 || (next >= 0 && next < ended)) return true;
        }

        return false;
    }

    [GeneratedRegex(@"\{%-?\s*(\w+)")]
    private static partial Regex Tag();
}
