using System.Text.Json;
using System.Text.RegularExpressions;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Editing;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Recipes.Workbot;

namespace Workato.Connections.Web.Pages.Recipes.Editor;

/// <summary>What earlier steps bring: their names, and the fields of what the recipe's last job recorded for them.</summary>
internal sealed partial class LastOutputs(JobQueries jobs, RecipeApps apps, CurrentAccess current)
{
    private const int MaxDepth = 3;
    private const int MaxFields = 25;
    private const int MaxExample = 40;

    /// <summary>For one step.</summary>
    public async Task<IReadOnlyList<Insertable>> ReadAsync(Recipe recipe, RecipeStep trigger, IReadOnlyList<StepRow> rows, RecipeStep step, CancellationToken cancel)
    {
        var last = current.Access.May(Privilege.ReadRunHistoryOfRecipes) && (await jobs.PageAsync(recipe.Id, new() { Status = JobStatus.Succeeded }, 1, cancel)).Items is [var newest] ? await jobs.FindAsync(newest.Id, cancel) : null;
        var recorded = last is null ? [] : await jobs.StepsAsync(last.Id, cancel);
        return [.. EarlierSteps.Of(trigger, step.Number).Select(s => new Insertable(s.Number, rows[s.Number].Title, s.As ?? RecipeCheck.TriggerName, References(s, Recorded(s), apps.ListOf(s))) { List = ListIn(s) })];

        // What was recorded knows better than the app's file.
        string? ListIn(RecipeStep of) => Recorded(of) is { } output ? Lists(output, of.As ?? RecipeCheck.TriggerName, 0).FirstOrDefault() : apps.ListOf(of);

        JsonElement? Recorded(RecipeStep of) => of.Keyword switch
        {
            Keywords.Trigger => Parse(last?.Trigger) is { } data ? ReplyAddresses.Without(data) : null,
            Keywords.Foreach => Element(of),
            _ => Parse(recorded.Find(r => r.Number == of.Number && r.Provider == of.Provider && r.Name == of.Name)?.Output),
        };

        // The first element of the list it goes through, where that is all of an earlier output or a member of it.
        JsonElement? Element(RecipeStep loop)
        {
            if (!(Reference().Match(loop.Source ?? "") is { Success: true } reference) || reference.Groups[1].Value.Split('.') is not [var name, .. var path]) return null;
            var from = trigger.All.FirstOrDefault(s => (s.As == name || (s.Keyword == Keywords.Trigger && name == RecipeCheck.TriggerName)) && s.Keyword != Keywords.Foreach) is { } source ? Recorded(source) : null;
            foreach (var member in path) from = from is { ValueKind: JsonValueKind.Object } outer && outer.TryGetProperty(member, out var inner) ? inner : null;
            return from is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0] : null;
        }
    }

    private static List<(string Text, string? Example)> References(RecipeStep step, JsonElement? output, string? list)
    {
        var name = step.As ?? RecipeCheck.TriggerName;
        List<(string, string?)> found = [];
        if (output is { } json) Below(json, name, 0);
        return found.Count == 0 ? [($"{{{{ {list ?? name} }}}}", list is null ? null : "a list")] : found;

        void Below(JsonElement part, string path, int depth)
        {
            if (found.Count >= MaxFields) return;
            if (part.ValueKind == JsonValueKind.Object && depth < MaxDepth)
            {
                foreach (var member in part.EnumerateObject()) Below(member.Value, Word().IsMatch(member.Name) ? $"{path}.{member.Name}" : $"{path}['{member.Name.Replace("'", "", StringComparison.Ordinal)}']", depth + 1);
            }
            else
            {
                found.Add(($"{{{{ {path} }}}}", part.ValueKind == JsonValueKind.Array ? $"a list of {part.GetArrayLength()}" : Short(part.ToString())));
            }
        }
    }

    // How the lists in it are referred to.
    private static IEnumerable<string> Lists(JsonElement part, string path, int depth) => part.ValueKind switch
    {
        JsonValueKind.Array => [path],
        JsonValueKind.Object when depth < MaxDepth => part.EnumerateObject().Where(m => Word().IsMatch(m.Name)).SelectMany(m => Lists(m.Value, $"{path}.{m.Name}", depth + 1)),
        _ => [],
    };

    private static string Short(string text) => text.Length <= MaxExample ? text : string.Concat(text.EnumerateRunes().Take(MaxExample)) + "…";

    private static JsonElement? Parse(string? json)
    {
        if (json is null) return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Cut short when it was recorded.
            return null;
        }
    }

    [GeneratedRegex(@"^\s*\{\{\s*([\w.]+)\s*\}\}\s*$")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^[A-Za-z_]\w*$")]
    private static partial Regex Word();
}
