using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workato.Connections.Recipes.Editing;

/// <summary>A recipe's code as something to be changed: its steps by number, as <see cref="RecipeReader"/> counts them. What it does not know stays as it is.</summary>
internal sealed class RecipeCode
{
    private readonly JsonObject trigger;

    private RecipeCode(JsonObject trigger) => this.trigger = trigger;

    /// <summary>The steps in the order of their numbers, the trigger first.</summary>
    public IReadOnlyList<JsonObject> Steps => [.. Walk(trigger)];

    /// <summary>Reads code that <see cref="RecipeReader"/> can read.</summary>
    public static Result<RecipeCode> Read(string code)
    {
        if (RecipeReader.Read(code).Refusal is { } refusal) return refusal;
        try
        {
            var read = new RecipeCode((JsonObject)JsonNode.Parse(code, null, RecipeReader.Options)!);
            // A member that stands there twice is found here, and not half way through a change.
            _ = read.Steps.Count;
            return read;
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            return Refusal.Invalid("code", "has a member that stands there twice; it cannot be changed here");
        }
    }

    /// <summary>The step with this number, or null.</summary>
    public JsonObject? Find(int number) => number < 0 ? null : Walk(trigger).ElementAtOrDefault(number);

    /// <summary>The number of a step of it.</summary>
    public int NumberOf(JsonObject step) => Walk(trigger).TakeWhile(s => s != step).Count();

    /// <summary>The steps inside a step.</summary>
    public static JsonArray Block(JsonObject step)
    {
        if (step["block"] is JsonArray block) return block;
        step["block"] = block = [];
        return block;
    }

    /// <summary>The step it lies in, or null for the trigger.</summary>
    public static JsonObject? Outside(JsonObject step) => step.Parent?.Parent as JsonObject;

    /// <summary>A text of a step, or null.</summary>
    public static string? Text(JsonObject step, string name) => step[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Its kind.</summary>
    public static string? Keyword(JsonObject? step) => step is null ? null : Text(step, "keyword");

    /// <inheritdoc/>
    public override string ToString() => trigger.ToJsonString();

    private static IEnumerable<JsonObject> Walk(JsonObject step) =>
        (step["block"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(Walk).Prepend(step);
}
