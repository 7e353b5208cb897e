using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workato.Connections.Recipes.Inputs;

/// <summary>The whole input of a step: any JSON, the texts in which are templates.</summary>
internal static class StepInput
{
    /// <summary>All texts in it, each by where it stands.</summary>
    public static IEnumerable<(string Field, string Text)> Texts(JsonElement input, string field = "input") => input.ValueKind switch
    {
        JsonValueKind.String => [(field, InputValues.Text(input))],
        JsonValueKind.Object => input.EnumerateObject().SelectMany(p => Texts(p.Value, Inside(field, p.Name))),
        JsonValueKind.Array => input.EnumerateArray().SelectMany((e, i) => Texts(e, $"{field}[{i}]")),
        _ => [],
    };

    /// <summary>The input with its templates filled; with an empty name its fields are called by their own.</summary>
    /// <exception cref="InputException">One of them cannot be, or all of it is too much.</exception>
    public static JsonNode? Fill(JsonElement input, InputValues values, string field = "input")
    {
        var size = 0L;
        return Fill(input, field);

        JsonNode? Fill(JsonElement part, string name)
        {
            switch (part.ValueKind)
            {
                case JsonValueKind.Object: return new JsonObject(part.EnumerateObject().GroupBy(p => p.Name).Select(p => KeyValuePair.Create(p.Key, Fill(p.Last().Value, Inside(name, p.Key)))));
                case JsonValueKind.Array: return new JsonArray([.. part.EnumerateArray().Select((e, i) => Fill(e, $"{name}[{i}]"))]);
                case JsonValueKind.String: return Filled(InputValues.Text(part), name);
                case JsonValueKind.Undefined or JsonValueKind.Null: return null;
                default: return JsonNode.Parse(part.GetRawText());
            }
        }

        JsonNode? Filled(string text, string name)
        {
            var (template, problem) = InputTemplate.Read(text);
            if (template is null) throw new InputException(problem!, name);
            try
            {
                var filled = template.Fill(values);
                size += filled is JsonValue single && single.TryGetValue<string>(out var one) ? one.Length : filled?.ToJsonString().Length ?? 0;
                return size <= InputTemplate.MaxResult ? filled : throw new InputException($"comes to more than {InputTemplate.MaxResult / 1024 / 1024} MB");
            }
            catch (InputException e)
            {
                throw new InputException(e.Problem, name);
            }
        }
    }

    private static string Inside(string field, string name) => field.Length == 0 ? name : $"{field}.{name}";
}

/// <summary>Reads inputs that were filled.</summary>
internal static class FilledInput
{
    /// <summary>A field as text; null where nothing is given.</summary>
    public static string? Text(this JsonNode? input, string name) => (input as JsonObject)?[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var other => other.ToJsonString(),
    };
}
