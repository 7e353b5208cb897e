using System.Text.Json;

namespace Workato.Connections.Recipes;

/// <summary>Reads a recipe's code, in Workato's format.</summary>
public static class RecipeReader
{
    /// <summary>How deep steps may lie in one another.</summary>
    public const int MaxDepth = 20;

    /// <summary>How many steps a recipe may have.</summary>
    public const int MaxSteps = 500;

    /// <summary>How long a step's provider may be: what a job writes down of it has room for that.</summary>
    public const int MaxProviderLength = 64;

    /// <summary>How long the name of a step's trigger or action may be.</summary>
    public const int MaxNameLength = 128;

    private const int MaxValueDepth = 60;

    // A step and its block are two; the rest is room for what stands inside an input, and the input itself.
    internal static readonly JsonDocumentOptions Options = new() { MaxDepth = (2 * MaxDepth) + MaxValueDepth + 4 };

    /// <summary>The steps, or what is wrong with the code as a whole. Steps that are not complete yet are no reason to refuse it.</summary>
    public static Result<RecipeStep> Read(string? code)
    {
        if (string.IsNullOrWhiteSpace(code)) return Wrong("can't be blank");
        try
        {
            using var document = JsonDocument.Parse(code, Options);
            var (number, problem) = (0, (string?)null);
            var trigger = Step(document.RootElement.Clone(), isTrigger: true, depth: 0, ref number, ref problem);
            return problem is not null ? Wrong(problem) : trigger!;
        }
        catch (JsonException e)
        {
            return Wrong(IsJson(code) ? $"is nested too deeply: steps may lie {MaxDepth} deep in one another, and the values of an input {MaxValueDepth} deep" : $"must be JSON; it cannot be read in line {e.LineNumber + 1}, at character {e.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException)
        {
            return Wrong("must be valid text: it holds half of a surrogate pair");
        }
    }

    // However deep.
    private static bool IsJson(string code)
    {
        try
        {
            using var document = JsonDocument.Parse(code, new() { MaxDepth = int.MaxValue });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static RecipeStep? Step(JsonElement json, bool isTrigger, int depth, ref int number, ref string? problem)
    {
        var own = number++;
        if (depth > MaxDepth) problem = $"may be {MaxDepth} steps deep at the most";
        else if (number > MaxSteps) problem = $"may have {MaxSteps} steps at the most";
        else if (json.ValueKind != JsonValueKind.Object) problem = $"step {own} must be an object";
        else if (Text(json, "keyword") is var keyword && (isTrigger ? keyword != Keywords.Trigger : keyword is not (Keywords.Action or Keywords.If or Keywords.Else or Keywords.Foreach)))
            problem = $"step {own} has the keyword '{keyword}'; allowed is {(isTrigger ? Keywords.Trigger : "action, if, else or foreach")}";
        else if (json.TryGetProperty("block", out var inside) && inside.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null)) problem = $"step {own}: block must be a list of steps";
        else if ((Misfit(json, "provider", MaxProviderLength) ?? Misfit(json, "name", MaxNameLength)) is { } misfit) problem = $"step {own}: {misfit}";
        if (problem is not null) return null;

        var block = new List<RecipeStep>();
        if (json.TryGetProperty("block", out var steps) && steps.ValueKind == JsonValueKind.Array)
        {
            foreach (var step in steps.EnumerateArray())
            {
                if (Step(step, isTrigger: false, depth + 1, ref number, ref problem) is not { } read) return null;
                if (read.Keyword == Keywords.Else && (block.Count == 0 || block[^1].Keyword != Keywords.If))
                {
                    problem = $"step {read.Number} is an else without an if before it";
                    return null;
                }

                block.Add(read);
            }
        }

        return new(own, Text(json, "keyword")!, Text(json, "provider"), Text(json, "name"), Text(json, "as"), json.TryGetProperty("input", out var input) ? input : default, block) { Source = Text(json, "source"), Comment = Text(json, "comment") };
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Misfit(JsonElement json, string field, int max) => Text(json, field) switch
    {
        { } text when text.Length > max => $"{field} is too long (maximum is {max} characters)",
        { } text when text.Contains('\0', StringComparison.Ordinal) => $"{field} must not contain the character U+0000",
        _ => null,
    };

    private static Refusal Wrong(string problem) => Refusal.Invalid("code", problem);
}
