using System.Text.Json;
using Workato.Connections.Connectors;

namespace Workato.Connections.Recipes;

/// <summary>Reads a recipe's code and says what is wrong with it, step by step.</summary>
public sealed class RecipeReader(ConnectorCatalog catalog)
{
    /// <summary>How deep steps may lie in one another.</summary>
    public const int MaxDepth = 20;

    /// <summary>How many steps a recipe may have.</summary>
    public const int MaxSteps = 500;

    // Room for what stands inside an input.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = (2 * MaxDepth) + 64 };

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
            return Wrong($"must be JSON: {e.Message}");
        }
    }

    /// <summary>What keeps the recipe from being started, by step: Workato's <c>code_errors</c>.</summary>
    public IEnumerable<(int Step, string Field, string? Value, string Problem)> Problems(RecipeStep trigger)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in trigger.All)
        {
            if (step.Keyword is Keywords.Trigger or Keywords.Action)
            {
                if (string.IsNullOrEmpty(step.Provider)) yield return (step.Number, "provider", null, "can't be blank");
                else if (catalog.Find(step.Provider) is not { } connector) yield return (step.Number, "provider", step.Provider, Unknown(step.Provider));
                else if (connector.Operations.All(o => o.Name != step.Name)) yield return (step.Number, "name", step.Name, "is invalid");
            }

            if (step.As is { Length: > 0 } name && !known.Add(name)) yield return (step.Number, "as", name, "has already been taken by another step");
        }
    }

    private string Unknown(string provider) => "is not included in the list" + (catalog.Suggest(provider) is { } meant ? $"; did you mean '{meant}'?" : "");

    private static RecipeStep? Step(JsonElement json, bool isTrigger, int depth, ref int number, ref string? problem)
    {
        var own = number++;
        if (depth > MaxDepth) problem = $"may be {MaxDepth} steps deep at the most";
        else if (number > MaxSteps) problem = $"may have {MaxSteps} steps at the most";
        else if (json.ValueKind != JsonValueKind.Object) problem = $"step {own} must be an object";
        else if (Text(json, "keyword") is var keyword && (isTrigger ? keyword != Keywords.Trigger : keyword is not (Keywords.Action or Keywords.If or Keywords.Else or Keywords.Foreach)))
            problem = $"step {own} has the keyword '{keyword}'; allowed is {(isTrigger ? Keywords.Trigger : "action, if, else or foreach")}";
        else if (json.TryGetProperty("block", out var inside) && inside.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null)) problem = $"step {own}: block must be a list of steps";
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

        return new(own, Text(json, "keyword")!, Text(json, "provider"), Text(json, "name"), Text(json, "as"), json.TryGetProperty("input", out var input) ? input : default, block);
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Refusal Wrong(string problem) => Refusal.Invalid("code", problem);
}
