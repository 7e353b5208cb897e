using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workato.Connections.Recipes.Editing;

/// <summary>The inputs of a step as texts, for boxes on a page, and back.</summary>
public static class StepTexts
{
    /// <summary>By field what stands in its box: a text as it is, anything else as JSON.</summary>
    public static IReadOnlyDictionary<string, string> Read(RecipeStep step) => step.Input.ValueKind != JsonValueKind.Object
        ? new Dictionary<string, string>()
        : step.Input.EnumerateObject().GroupBy(p => p.Name).ToDictionary(p => p.Key, p => p.Last().Value is { ValueKind: JsonValueKind.String } text ? text.GetString()! : p.Last().Value is { ValueKind: JsonValueKind.Null } ? "" : p.Last().Value.GetRawText());

    /// <summary>Writes what stands in the boxes. What was no text stays none where it still is JSON.</summary>
    internal static void Write(JsonObject step, IReadOnlyDictionary<string, string?> texts)
    {
        if (step["input"] is not JsonObject input) step["input"] = input = [];
        foreach (var (field, text) in texts)
        {
            if (string.IsNullOrWhiteSpace(text)) input.Remove(field);
            else if (input[field] is { } before && before.GetValueKind() != JsonValueKind.String && Json(text) is { } json) input[field] = json;
            else input[field] = text.ReplaceLineEndings("\n");
        }
    }

    private static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text, null, RecipeReader.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
