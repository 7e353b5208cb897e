using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotLiquid;

namespace Workato.Connections.Recipes.Inputs;

/// <summary>What the steps so far brought, by the names later steps refer to.</summary>
internal sealed class InputValues
{
    private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);

    /// <summary>What a step brought, or the element a loop is at.</summary>
    public void Set(string name, JsonElement value) => values[name] = Plain(value);

    /// <summary>The same, of a value that was worked out here.</summary>
    public void Set(string name, object? value) => values[name] = value;

    /// <summary>For a render.</summary>
    public Hash Hash() => DotLiquid.Hash.FromDictionary(values!);

    /// <summary>For one value.</summary>
    public Context Context()
    {
        var context = new Context(CultureInfo.InvariantCulture);
        context.Push(Hash());
        return context;
    }

    /// <summary>As Liquid knows it.</summary>
    public static object? Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().GroupBy(p => p.Name).ToDictionary(p => p.Key, p => Plain(p.Last().Value)),
        JsonValueKind.Array => json.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.String => Text(json),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.TryGetDecimal(out var number) ? number : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A text; half a surrogate pair, of which the parser makes no text, stays as it is written.</summary>
    public static string Text(JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return json.GetRawText().Trim('"');
        }
    }

    /// <summary>JSON that can be written down and sent again: the parser lets half a surrogate pair pass, and nobody writes it.</summary>
    public static JsonElement Valid(JsonElement json)
    {
        if (!json.GetRawText().Contains("\\u", StringComparison.Ordinal)) return json;
        try
        {
            _ = JsonSerializer.SerializeToUtf8Bytes(json);
            return json;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return JsonSerializer.SerializeToElement(ToJson(Plain(json)));
        }
    }

    /// <summary>As JSON knows it.</summary>
    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool yes => JsonValue.Create(yes),
        long whole => JsonValue.Create(whole),
        int whole => JsonValue.Create(whole),
        decimal number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        IDictionary<string, object?> members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, ToJson(m.Value)))),
        IEnumerable elements => new JsonArray([.. elements.Cast<object?>().Select(ToJson)]),
        _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };
}
