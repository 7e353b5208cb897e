using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workato.Connections.Recipes.Inputs;

/// <summary>
/// The condition of an <c>if</c>, in Workato's format: <c>{"type":"compound","operand":"and","conditions":[{"operand":"equals_to","lhs":"…","rhs":"…"}]}</c>.
/// </summary>
internal static class Conditions
{
    private static readonly Dictionary<string, Func<string, string, bool>> Operands = new(StringComparer.Ordinal)
    {
        ["equals_to"] = (l, r) => Compare(l, r) == 0,
        ["not_equals_to"] = (l, r) => Compare(l, r) != 0,
        ["greater_than"] = (l, r) => Compare(l, r) > 0,
        ["less_than"] = (l, r) => Compare(l, r) < 0,
        ["contains"] = (l, r) => l.Contains(r, StringComparison.Ordinal),
        ["not_contains"] = (l, r) => !l.Contains(r, StringComparison.Ordinal),
        ["starts_with"] = (l, r) => l.StartsWith(r, StringComparison.Ordinal),
        ["not_starts_with"] = (l, r) => !l.StartsWith(r, StringComparison.Ordinal),
        ["ends_with"] = (l, r) => l.EndsWith(r, StringComparison.Ordinal),
        ["not_ends_with"] = (l, r) => !l.EndsWith(r, StringComparison.Ordinal),
        ["present"] = (l, _) => l.Length > 0,
        ["blank"] = (l, _) => l.Length == 0,
        ["is_true"] = (l, _) => l is "true",
        ["is_not_true"] = (l, _) => l is not "true",
    };

    /// <summary>The comparisons there are, Workato's words.</summary>
    public static IReadOnlyCollection<string> All => Operands.Keys;

    /// <summary>What is wrong with it, or null.</summary>
    public static string? Problem(JsonElement input)
    {
        if (Of(input) is not { Count: > 0 } conditions) return "needs at least one condition, such as {\"operand\":\"equals_to\",\"lhs\":\"…\",\"rhs\":\"…\"}";
        return conditions.Select(c => Text(c, "operand")).FirstOrDefault(o => o is null || !Operands.ContainsKey(o)) is { } unknown
            ? $"compares by '{unknown}'; allowed are {string.Join(", ", All)}"
            : conditions.Any(c => Text(c, "operand") is null) ? $"needs an operand: one of {string.Join(", ", All)}" : null;
    }

    /// <summary>Whether it holds.</summary>
    /// <exception cref="InputException">It cannot be worked out.</exception>
    public static bool Holds(JsonElement input, InputValues values)
    {
        if (Problem(input) is { } problem) throw new InputException("input " + problem);
        var conditions = Of(input)!;
        return Text(input, "operand") is "or" ? conditions.Exists(Holds) : conditions.TrueForAll(Holds);

        bool Holds(JsonElement condition) => Operands[Text(condition, "operand")!](Side(condition, "lhs", values), Side(condition, "rhs", values));
    }

    private static List<JsonElement>? Of(JsonElement input) =>
        input.ValueKind == JsonValueKind.Object && input.TryGetProperty("conditions", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.Object)] : null;

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Side(JsonElement condition, string name, InputValues values) =>
        condition.TryGetProperty(name, out var side) ? StepInput.Fill(side, values, name) switch
        {
            null => "",
            JsonValue single when single.TryGetValue<string>(out var text) => text,
            var other => other.ToJsonString(),
        } : "";

    // As numbers or instants where both are, as text otherwise.
    private static int Compare(string left, string right)
    {
        if (decimal.TryParse(left, NumberStyles.Number, CultureInfo.InvariantCulture, out var a) && decimal.TryParse(right, NumberStyles.Number, CultureInfo.InvariantCulture, out var b)) return a.CompareTo(b);
        if (DateTimeOffset.TryParse(left, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from) && DateTimeOffset.TryParse(right, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var to)) return from.CompareTo(to);
        return string.CompareOrdinal(left, right);
    }
}
