using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Inputs;

namespace Workato.Connections.Recipes.Editing;

/// <summary>The names by which later steps refer to earlier ones: given by themselves, changed together with what refers to them.</summary>
internal static partial class StepNames
{
    /// <summary>The longest, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>A short name for what an action brings: <c>create_note</c> brings a <c>note</c>, <c>list_notes</c> a <c>list_notes</c>.</summary>
    public static string For(RecipeCode code, JsonObject step, string operation)
    {
        var plain = operation.Trim('_').Split('_', 2) is ["create" or "get" or "update" or "new" or "add" or "find", { Length: > 0 } thing] ? thing : operation.Trim('_');
        if (operation == BuiltInApps.CustomAction) plain = "answer";
        return Free(code, step, Valid().IsMatch(plain) ? plain : "step");
    }

    /// <summary>This name, or the first with a number behind it that no other step has.</summary>
    public static string Free(RecipeCode code, JsonObject step, string wanted)
    {
        var taken = code.Steps.Where(s => s != step).Select(s => RecipeCode.Text(s, "as")).Append(RecipeCheck.TriggerName).ToHashSet();
        return Enumerable.Range(1, RecipeReader.MaxSteps + 1).Select(n => n == 1 ? wanted : wanted + "_" + n.ToString(CultureInfo.InvariantCulture)).First(n => !taken.Contains(n));
    }

    /// <summary>Gives a step another name, also where others refer to it. What is wrong with the name, or null.</summary>
    public static string? Rename(RecipeCode code, JsonObject step, string name)
    {
        var before = RecipeCode.Text(step, "as");
        if (before == name) return null;
        if (name.Length > MaxLength || !Valid().IsMatch(name)) return $"must begin with a letter and have letters, digits and _ only, {MaxLength} at the most";
        if (name == RecipeCheck.TriggerName && RecipeCode.Keyword(step) != Keywords.Trigger || code.Steps.Any(s => s != step && RecipeCode.Text(s, "as") == name)) return "has already been taken by another step";
        step["as"] = name;
        if (before is null) return null;
        foreach (var other in code.Steps)
        {
            if (RecipeCode.Text(other, "source") is { } source) other["source"] = In(source, before, name);
            if (other["input"] is { } input) Everywhere(input, before, name);
        }

        return null;
    }

    private static void Everywhere(JsonNode node, string from, string to)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (key, value) in members.ToList())
                {
                    if (value is JsonValue text && text.TryGetValue<string>(out var written)) members[key] = In(written, from, to);
                    else if (value is not null) Everywhere(value, from, to);
                }

                break;
            case JsonArray elements:
                for (var i = 0; i < elements.Count; i++)
                {
                    if (elements[i] is JsonValue text && text.TryGetValue<string>(out var written)) elements[i] = In(written, from, to);
                    else if (elements[i] is { } element) Everywhere(element, from, to);
                }

                break;
            default:
                break;
        }
    }

    private static string In(string text, string from, string to)
    {
        var liquid = Datapills.ToLiquid(text);
        return TemplateNames.In(liquid).Contains(from) ? TemplateNames.Rename(liquid, from, to) : text;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]*\z")]
    private static partial Regex Valid();
}
