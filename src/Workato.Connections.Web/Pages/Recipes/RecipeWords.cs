using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Recipes;

/// <summary>Recipes and their steps in words for people.</summary>
internal static partial class RecipeWords
{
    private const int MaxText = 90;
    private const int MaxJson = 20_000;
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The badge of a recipe; <paramref name="lost"/> says that one of its connections is lost, so that its jobs fail.</summary>
    public static StatusView State(Recipe recipe, bool lost = false) => recipe switch
    {
        { Running: true } when lost => new("Running, connection lost", "warn", "!"),
        { Running: true, TriggerError: not null } => new("Running, trigger fails", "warn", "!"),
        { Running: true } => new("Running", "ok", "✓"),
        { StopCause: StopCauses.ConnectionRemoved } => new("Connection taken away", "bad", "!"),
        { StopCause: not null } => new("Stopped by errors", "bad", "!"),
        { StartedAt: null } => new("Not started yet", "idle", "–"),
        _ => new("Stopped", "idle", "–"),
    };

    /// <summary>The badge of a job.</summary>
    public static StatusView State(JobStatus status) => status switch
    {
        JobStatus.Succeeded => new("Succeeded", "ok", "✓"),
        JobStatus.Failed => new("Failed", "bad", "!"),
        _ => new("Under way", "idle", "…"),
    };

    /// <summary>What kind of recipe it is.</summary>
    public static string Kind(RecipeType type) => type switch
    {
        RecipeType.Callable => "Callable: scripts and other recipes call it and get its result",
        RecipeType.Workbot => "Workbot: a command in Slack starts it",
        _ => "Standard: its trigger starts it",
    };

    /// <summary>What a step does, in a line.</summary>
    public static string Step(RecipeStep step, RecipeApps apps) => step.Keyword switch
    {
        Keywords.Trigger => apps.Trigger(step)?.Title ?? step.Name ?? "No trigger chosen yet",
        Keywords.If => "If " + Condition(step.Input),
        Keywords.Else => "Otherwise",
        Keywords.Foreach => $"For each {step.As} in {Plain(step.Source ?? "…")}",
        _ => apps.Action(step)?.Title ?? step.Name ?? "No action chosen yet",
    };

    /// <summary>What a step is given: the fields' names and values, shortened.</summary>
    public static IEnumerable<(string Label, string Value)> Inputs(RecipeStep step, RecipeApps apps)
    {
        if (step.Keyword is not (Keywords.Trigger or Keywords.Action) || step.Input.ValueKind != JsonValueKind.Object) return [];
        var fields = (step.Keyword == Keywords.Trigger ? apps.Trigger(step)?.Fields : apps.Action(step)?.Fields) ?? [];
        return step.Input.EnumerateObject().Where(p => p.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) && p.Value.ToString().Length > 0)
            .Select(p => (fields.FirstOrDefault(f => f.Name == p.Name)?.Label ?? p.Name.Replace('_', ' '), Plain(p.Value.ToString())));
    }

    /// <summary>A text cut into what is written and what is put in from elsewhere: templates.</summary>
    public static IEnumerable<(string Text, bool IsTemplate)> Parts(string text)
    {
        var at = 0;
        foreach (Match template in Template().Matches(text))
        {
            if (template.Index > at) yield return (text[at..template.Index], false);
            yield return (template.Value, true);
            at = template.Index + template.Length;
        }

        if (at < text.Length) yield return (text[at..], false);
    }

    /// <summary>How long something took, as people say it.</summary>
    public static string Took(DateTimeOffset? from, DateTimeOffset? to) => (to - from) switch
    {
        null => "–",
        { TotalMilliseconds: < 1 } => "",
        { TotalSeconds: < 1 } took => string.Create(CultureInfo.InvariantCulture, $"{took.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } took => string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } took => string.Create(CultureInfo.InvariantCulture, $"{took.Minutes} min {took.Seconds} s"),
        { } took => string.Create(CultureInfo.InvariantCulture, $"{(int)took.TotalHours} h {took.Minutes} min"),
    };

    /// <summary>JSON as people read it, cut where it is too long for a page.</summary>
    public static string Json(string json)
    {
        var text = JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(json), Readable);
        return text.Length > MaxJson ? text[..MaxJson] + "\n… the rest is in the API's answer" : text;
    }

    /// <summary>What came of a step that is no request, in a word or two; null where there is nothing to say.</summary>
    public static string? Outcome(JobStep line) => line.Name switch
    {
        Keywords.If => line.Output switch { "true" => "Yes", "false" => "No", _ => null },
        Keywords.Foreach => Number(line.Output, "count") is { } turns ? turns == 1 ? "1 turn" : $"{turns} turns" : null,
        "log_message" => line.Input is null ? null : Cut(Text(line.Input, "message")),
        _ => null,
    };

    /// <summary>Which turn of which loops: <c>3.0/5.1</c> is turn 1 of step 3, and in it turn 2 of step 5.</summary>
    public static string Turn(string turn)
    {
        var parts = turn.Split('/').Select(p => p.Split('.')).Select(p => $"step {p[0]}, turn {int.Parse(p[1], CultureInfo.InvariantCulture) + 1}");
        var text = string.Join("; in it ", parts);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string Condition(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object || !input.TryGetProperty("conditions", out var list) || list.ValueKind != JsonValueKind.Array) return "…";
        var parts = list.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.Object).Select(c => $"{Side(c, "lhs")} {Side(c, "operand").Replace('_', ' ')} {Side(c, "rhs")}".Trim());
        return string.Join(Side(input, "operand") == "or" ? " or " : " and ", parts);
    }

    private static string Side(JsonElement json, string name) => json.TryGetProperty(name, out var side) && side.ValueKind is not JsonValueKind.Null ? Plain(side.ToString()) : "";

    // Templates as they are written, and never a part of one.
    private static string Plain(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= MaxText) return line;
        var end = Template().Matches(line).FirstOrDefault(t => t.Index < MaxText && t.Index + t.Length > MaxText) is { } torn ? torn.Index + torn.Length : MaxText;
        return end < line.Length ? line[..end] + "…" : line;
    }

    private static string? Cut(string? text) => text?.ReplaceLineEndings(" ") is { Length: > MaxText } line ? line[..MaxText] + "…" : text?.ReplaceLineEndings(" ");

    private static string? Text(string json, string name) => JsonSerializer.Deserialize<JsonElement>(json) is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static int? Number(string? json, string name) => json is not null && int.TryParse(Text(json, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}")]
    private static partial Regex Template();
}
