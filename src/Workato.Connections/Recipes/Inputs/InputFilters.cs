using System.Collections;
using System.Collections.Frozen;
using DotLiquid;

namespace Workato.Connections.Recipes.Inputs;

/// <summary>Liquid's filters that could make much of little, with a bound; and <c>json</c>, ours.</summary>
internal static class InputFilters
{
    /// <summary>All filters there are, as templates write them.</summary>
    public static FrozenSet<string> Names { get; } = typeof(StandardFilters).GetMethods().Where(m => m.IsStatic).Select(m => Template.NamingConvention.GetMemberName(m.Name))
        .Append("json").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The value as JSON.</summary>
    public static string Json(object? input) => InputValues.ToJson(input)?.ToJsonString() ?? "null";

    /// <summary>Liquid's <c>replace</c>, of plain text.</summary>
    public static string? Replace(string? input, string? find, string? by = "")
    {
        if (string.IsNullOrEmpty(input) || string.IsNullOrEmpty(find)) return input;
        var parts = input.Split(find);
        return Bounded(string.Join(by, Checked(parts, input.Length, by)));
    }

    /// <summary>Liquid's <c>append</c>.</summary>
    public static string Append(string? input, string? more) => Bounded(input + more);

    /// <summary>Liquid's <c>prepend</c>.</summary>
    public static string Prepend(string? input, string? more) => Bounded(more + input);

    /// <summary>Liquid's <c>join</c>.</summary>
    public static string Join(IEnumerable? input, string? glue = " ")
    {
        var parts = input is null ? [] : input.Cast<object?>().Select(i => i is string text ? text : InputValues.ToJson(i)?.ToString() ?? "").ToArray();
        return string.Join(glue, Checked(parts, parts.Sum(p => (long)p.Length), glue));
    }

    private static string[] Checked(string[] parts, long length, string? between) =>
        length + ((long)parts.Length * (between?.Length ?? 0)) > InputTemplate.MaxResult ? throw TooMuch() : parts;

    private static string Bounded(string text) => text.Length > InputTemplate.MaxResult ? throw TooMuch() : text;

    private static InputException TooMuch() => new($"comes to more than {InputTemplate.MaxResult / 1024 / 1024} MB");
}
