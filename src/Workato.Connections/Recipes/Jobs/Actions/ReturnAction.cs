using System.Text.Json;
using System.Text.Json.Nodes;
using Workato.Connections.Recipes.Apps;

namespace Workato.Connections.Recipes.Jobs.Actions;

/// <summary>Gives the caller its result and ends the job.</summary>
internal sealed class ReturnAction : IStepAction
{
    public IReadOnlyList<ActionKind> Kinds { get; } = [ActionKind.Return];

    public Task<StepEnd> DoAsync(StepAtWork at, CancellationToken cancel)
    {
        var result = JsonText.Read((at.Input as JsonObject)?["result"]);
        return Task.FromResult(new StepEnd(result, new JobEnd.Done(result)));
    }
}

/// <summary>A field in which a person wrote JSON, or a value that is some already.</summary>
internal static class JsonText
{
    /// <summary>The JSON; a text that is none stays a text.</summary>
    public static JsonElement Read(JsonNode? node)
    {
        if (node is not JsonValue value || !value.TryGetValue<string>(out var text)) return JsonSerializer.SerializeToElement(node);
        try
        {
            using var document = JsonDocument.Parse(text);
            // Who writes 007 or a sentence means a text.
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? document.RootElement.Clone() : JsonSerializer.SerializeToElement(text);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }
}
