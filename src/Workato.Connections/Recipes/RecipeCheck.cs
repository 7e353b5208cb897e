using System.Text.Json;
using Workato.Connections.Connectors;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Inputs;
using Workato.Connections.Recipes.Triggers;

namespace Workato.Connections.Recipes;

/// <summary>Says what keeps a recipe from being started, step by step: Workato's <c>code_errors</c>.</summary>
public sealed class RecipeCheck(RecipeApps apps)
{
    /// <summary>The name by which the trigger's output is always known, beside its own.</summary>
    public const string TriggerName = "trigger";

    /// <summary>All faults of the code, in the order of its steps.</summary>
    public IReadOnlyList<RecipeFault> Faults(RecipeStep trigger)
    {
        var faults = new List<RecipeFault>();
        var all = trigger.All.Select(s => s.As).OfType<string>().ToList();
        Own(trigger, faults);
        if (apps.Trigger(trigger) is { } kind) Required(trigger, kind.Fields, faults);
        Texts(trigger, [], [.. all], faults);
        ByItself(trigger, faults);
        if (trigger.Block.Count == 0) faults.Add(new(trigger.Number, "block", null, "needs at least one step"));
        var lists = trigger.All.Where(s => apps.ListOf(s) is not null).DistinctBy(s => s.As).ToDictionary(s => s.As!, s => apps.ListOf(s)!);
        Block(trigger.Block, [TriggerName, .. trigger.As is { } name ? [name] : Array.Empty<string>()], all, lists, faults);
        foreach (var twice in trigger.All.Where(s => s.As is not null).GroupBy(s => s.As).Where(g => g.Count() > 1).SelectMany(g => g.Skip(1)))
            faults.Add(new(twice.Number, "as", twice.As, "has already been taken by another step"));
        return [.. faults.OrderBy(f => f.Step)];
    }

    private void Block(IReadOnlyList<RecipeStep> steps, IEnumerable<string> before, List<string> all, Dictionary<string, string> lists, List<RecipeFault> faults)
    {
        var known = before.ToHashSet(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            Texts(step, known, all, faults);
            switch (step.Keyword)
            {
                case Keywords.Action:
                    Own(step, faults);
                    if (apps.Action(step) is { } action) Required(step, action.Fields, faults);
                    break;
                case Keywords.If when Conditions.Problem(step.Input) is { } problem:
                    faults.Add(new(step.Number, "input", null, problem));
                    break;
                case Keywords.Foreach when string.IsNullOrWhiteSpace(step.Source):
                    faults.Add(new(step.Number, "source", null, known.LastOrDefault(lists.ContainsKey) is { } list ? $"can't be blank; write the list, for example {{{{ {lists[list]} }}}}" : "can't be blank; write the list: what an earlier step brought, in double braces"));
                    break;
                case Keywords.Foreach when step.As is null:
                    faults.Add(new(step.Number, "as", null, "can't be blank; it names the element, for example item"));
                    break;
                default:
                    break;
            }

            if (step.As is { } name && step.Keyword == Keywords.Action) known.Add(name);
            Block(step.Block, step is { Keyword: Keywords.Foreach, As: { } element } ? known.Append(element) : known, all, lists, faults);
            // What stands in a branch or a loop may not have happened; what refers to it then finds nothing.
            known.UnionWith(step.Block.SelectMany(b => b.All).Where(s => s.Keyword == Keywords.Action).Select(s => s.As).OfType<string>());
        }
    }

    private void Own(RecipeStep step, List<RecipeFault> faults)
    {
        if (string.IsNullOrEmpty(step.Provider)) faults.Add(new(step.Number, "provider", null, "can't be blank"));
        else if (apps.Find(step.Provider) is null) faults.Add(new(step.Number, "provider", step.Provider, "is not included in the list" + (apps.Suggest(step.Provider) is { } meant ? $"; did you mean '{meant}'?" : "")));
        else if (step.Keyword == Keywords.Trigger ? apps.Trigger(step) is null : apps.Action(step) is null) faults.Add(new(step.Number, "name", step.Name, "is invalid"));
    }

    // A clock that never comes, or a look that cannot be taken, would be silence. What refers to no step is tried.
    private void ByItself(RecipeStep trigger, List<RecipeFault> faults)
    {
        if (faults.Count > 0 || apps.Trigger(trigger) is not { Kind: TriggerKind.Schedule or TriggerKind.Polling } kind) return;
        try
        {
            var input = StepInput.Fill(trigger.Input, new(), "");
            if (kind.Kind == TriggerKind.Schedule && Schedule.Read(input) is { Problem: { } problem } wrong) faults.Add(new(trigger.Number, wrong.Field!, null, problem));
        }
        catch (InputException e)
        {
            faults.Add(new(trigger.Number, string.IsNullOrEmpty(e.Field) ? "input" : e.Field, null, e.Problem));
        }
    }

    private static void Required(RecipeStep step, IReadOnlyList<ConnectorField> fields, List<RecipeFault> faults)
    {
        foreach (var field in fields.Where(f => f is { Required: true, Default: null } && IsBlank(step.Input, f.Name))) faults.Add(new(step.Number, field.Name, null, "can't be blank"));
    }

    private static bool IsBlank(JsonElement input, string name) =>
        input.ValueKind != JsonValueKind.Object || !input.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()));

    private static void Texts(RecipeStep step, HashSet<string> known, List<string> all, List<RecipeFault> faults)
    {
        var texts = StepInput.Texts(step.Input, "");
        foreach (var (field, text) in step.Source is { } source ? texts.Append(("source", source)) : texts)
        {
            var (template, problem) = InputTemplate.Read(text);
            if (problem is not null) faults.Add(new(step.Number, field, Answers.OneLine.Of(text), problem));
            foreach (var name in template?.Names ?? [])
            {
                if (known.Contains(name)) continue;
                faults.Add(new(step.Number, field, Answers.OneLine.Of(text), all.Contains(name) ? $"refers to '{name}', which comes later or stands inside another branch" : $"refers to '{name}', which no step is called"));
            }
        }
    }
}
