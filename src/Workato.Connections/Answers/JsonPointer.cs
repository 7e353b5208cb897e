using System.Globalization;
using System.Text.Json;

namespace Workato.Connections.Answers;

/// <summary>JSON pointers, RFC 6901.</summary>
internal static class JsonPointer
{
    /// <summary>The text or number the pointer leads to, or null.</summary>
    public static string? Read(JsonElement from, string pointer)
    {
        try
        {
            return Follow(from, pointer);
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half a surrogate pair: the parser lets them pass and refuses to make text of them.
            return null;
        }
    }

    private static string? Follow(JsonElement from, string pointer) => Find(from, pointer) switch
    {
        { ValueKind: JsonValueKind.String } found => found.GetString() is { Length: > 0 } text ? text : null,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>What the pointer leads to, or null.</summary>
    public static JsonElement? Find(JsonElement from, string pointer)
    {
        var at = from;
        foreach (var token in pointer.Split('/').Skip(1).Select(t => t.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(token, out var member)) at = member;
            else if (at.ValueKind == JsonValueKind.Array && Index(token) is { } i && i < at.GetArrayLength()) at = at[i];
            else return null;
        }

        return at;
    }

    // Section 4: no sign, no leading zeros.
    private static int? Index(string token) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && (token == "0" || !token.StartsWith('0')) ? i : null;
}
