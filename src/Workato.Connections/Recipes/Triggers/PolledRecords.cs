using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Workato.Connections.Answers;
using Workato.Connections.Connectors;

namespace Workato.Connections.Recipes.Triggers;

/// <summary>One record of an app's list.</summary>
/// <param name="Key">By what it is known: a digest.</param>
/// <param name="Number">Its id, where that is a number.</param>
/// <param name="Title">What it is, in a line.</param>
/// <param name="Data">All of it.</param>
internal sealed record Record(string Key, long? Number, string Title, JsonElement Data);

/// <summary>Finds the records in an app's answer.</summary>
internal static class PolledRecords
{
    private static readonly string[] Titles = ["/title", "/name", "/subject", "/text", "/summary", "/email"];

    /// <summary>The records, or null where there is no list.</summary>
    public static IReadOnlyList<Record>? Read(JsonElement answer, NewRecords how) =>
        List(answer, how.Records) is { } list ? [.. list.EnumerateArray().Select(r => Of(r, how.Id ?? "/id"))] : null;

    /// <summary>The number a cursor holds; null where it holds none.</summary>
    public static long? Last(string? cursor) => long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : null;

    /// <summary>The cursor behind these records: the greatest number met so far, or what it was.</summary>
    public static string? Newest(IReadOnlyList<Record> records, string? cursor) =>
        records.Max(r => r.Number) is { } newest && !(Last(cursor) >= newest) ? newest.ToString(CultureInfo.InvariantCulture) : cursor;

    private static Record Of(JsonElement record, string id)
    {
        var known = JsonPointer.Read(record, id);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(known ?? record.GetRawText())))[..32];
        var title = Titles.Select(t => JsonPointer.Read(record, t)).FirstOrDefault(t => t is not null) ?? known ?? "New record";
        return new(key, long.TryParse(known, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null, title, record);
    }

    private static JsonElement? List(JsonElement answer, string? pointer)
    {
        if (pointer is not null) return JsonPointer.Find(answer, pointer) is { ValueKind: JsonValueKind.Array } named ? named : null;
        if (answer.ValueKind == JsonValueKind.Array) return answer;
        if (answer.ValueKind != JsonValueKind.Object) return null;
        var lists = answer.EnumerateObject().Select(p => p.Value).Where(v => v.ValueKind == JsonValueKind.Array).ToList();
        return lists is [var only] ? only : null;
    }
}
