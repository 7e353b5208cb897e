using System.Text.Json;
using System.Text.Json.Nodes;
using Workato.Connections.Connectors;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Editing;

namespace Workato.Connections.Recipes;

/// <summary>
/// Changes a recipe's code, one step at a time, as a person does in the editor. Nothing is stored here; what it does not
/// know in the code stays as it is. A step that is not there any more is a refusal.
/// </summary>
public sealed class RecipeEdits(RecipeApps apps)
{
    /// <summary>Puts a new step somewhere: an <c>action</c> that has no app yet, an <c>if</c>, its <c>else</c>, a <c>foreach</c>.</summary>
    public static Result<RecipeEdited> Add(string code, StepPlace place, string keyword) => Change(code, place.Step, (recipe, at) =>
    {
        if (keyword is not (Keywords.Action or Keywords.If or Keywords.Else or Keywords.Foreach)) return Refusal.Invalid("keyword", "must be action, if, else or foreach");
        if (place.Inside && RecipeCode.Keyword(at) == Keywords.Action || !place.Inside && RecipeCode.Outside(at) is null) return Refusal.Invalid("step", $"{place.Step} cannot have one there");
        if (keyword == Keywords.Else && (place.Inside || RecipeCode.Keyword(at) != Keywords.If || RecipeCode.Keyword(StepMoves.Next(at)) == Keywords.Else)) return Refusal.Invalid("keyword", "else stands once, behind an if");
        var step = new JsonObject { ["keyword"] = keyword };
        if (place.Inside) RecipeCode.Block(at).Insert(0, step);
        else StepMoves.PutBehind(keyword == Keywords.Else ? at : StepMoves.Last(at), step);
        // What a person fills in is not there before the step was saved: until then it is to be filled in, and not left blank.
        if (keyword == Keywords.Foreach) step["as"] = StepNames.Free(recipe, step, "item");
        if (keyword != Keywords.Action) step["block"] = new JsonArray();
        return step;
    });

    /// <summary>Takes a step away with all inside it, an <c>if</c> with its <c>else</c>.</summary>
    public static Result<RecipeEdited> Remove(string code, int number)
    {
        var read = RecipeCode.Read(code);
        if (read.Refusal is { } unreadable) return unreadable;
        if (read.Value!.Find(number) is not { } step) return Gone(number);
        if (RecipeCode.Outside(step) is null) return Refusal.Invalid("step", "the trigger stays: choose another one instead");
        foreach (var part in StepMoves.Unit(step)) ((JsonArray)part.Parent!).Remove(part);
        return new RecipeEdited(read.Value.ToString(), Math.Min(number, read.Value.Steps.Count - 1));
    }

    /// <summary>Moves a step up or down by one place, into blocks and out of them. Where there is no place left nothing happens.</summary>
    public static Result<RecipeEdited> Move(string code, int number, bool up) => Change(code, number, (_, step) =>
    {
        if (RecipeCode.Outside(step) is null || RecipeCode.Keyword(step) == Keywords.Else) return Refusal.Invalid("step", "the trigger and an else stay where they are");
        if (up) StepMoves.Up(step);
        else StepMoves.Down(step);
        return step;
    });

    /// <summary>Chooses the app of a step. Trigger, action and inputs of another one are gone with it.</summary>
    public Result<RecipeEdited> SetApp(string code, int number, string provider) => Change(code, number, (_, step) =>
    {
        if (apps.Find(provider) is null) return Refusal.Invalid("provider", "is not included in the list");
        if (RecipeCode.Text(step, "provider") == provider) return step;
        step["provider"] = provider;
        foreach (var member in new[] { "name", "input" }) step.Remove(member);
        return step;
    });

    /// <summary>Has a step use the second connector of its app, or the first one again: same operation, same inputs.</summary>
    public Result<RecipeEdited> SetProvider(string code, int number, string provider) => Change(code, number, (_, step) =>
    {
        if (apps.Find(provider)?.Connector is not { } wanted || apps.Find(RecipeCode.Text(step, "provider"))?.Connector is not { } now || wanted.ProfileProvider != now.ProfileProvider)
            return Refusal.Invalid("provider", "is no other connector of the same app");
        step["provider"] = provider;
        return step;
    });

    /// <summary>Chooses the trigger or action. Inputs it has, too, stay; a name is given where there is none.</summary>
    public Result<RecipeEdited> SetOperation(string code, int number, string name) => Change(code, number, (recipe, step) =>
    {
        step["name"] = name;
        if (Fields(step) is not { } fields) return Refusal.Invalid("name", "is not included in the list");
        if (step["input"] is JsonObject input)
        {
            foreach (var key in input.Select(i => i.Key).Where(k => !fields.Any(f => f.Name == k)).ToList()) input.Remove(key);
            if (input.Count == 0) step.Remove("input");
        }

        if (RecipeCode.Text(step, "as") is null) step["as"] = RecipeCode.Keyword(step) == Keywords.Trigger ? RecipeCheck.TriggerName : StepNames.For(recipe, step, name);
        return step;
    });

    /// <summary>Fills in what a person wrote at a step.</summary>
    public static Result<RecipeEdited> Fill(string code, int number, StepChange change) => Change(code, number, (recipe, step) =>
    {
        if (change.Inputs is { } inputs) StepTexts.Write(step, inputs);
        if (change.Condition is { } condition) step["input"] = Condition(condition);
        if (change.Source is { } source) step["source"] = source.Trim();
        if (change.Comment is { } comment) Set(step, "comment", comment);
        return change.As?.Trim() is { Length: > 0 } name && StepNames.Rename(recipe, step, name) is { } problem ? Refusal.Invalid("as", problem) : step;
    });

    /// <summary>The fields of the trigger or action of a step, or null while it has none.</summary>
    public IReadOnlyList<ConnectorField>? FieldsOf(RecipeStep step) => step.Keyword == Keywords.Trigger ? apps.Trigger(step)?.Fields : apps.Action(step)?.Fields;

    private IReadOnlyList<ConnectorField>? Fields(JsonObject step) =>
        FieldsOf(new(0, RecipeCode.Keyword(step)!, RecipeCode.Text(step, "provider"), RecipeCode.Text(step, "name"), null, default(JsonElement), []));

    private static Result<RecipeEdited> Change(string code, int number, Func<RecipeCode, JsonObject, Result<JsonObject>> change)
    {
        var read = RecipeCode.Read(code);
        if (read.Refusal is { } unreadable) return unreadable;
        if (read.Value!.Find(number) is not { } step) return Gone(number);
        var changed = change(read.Value, step);
        return changed.Refusal is { } refusal ? refusal : new RecipeEdited(read.Value.ToString(), read.Value.NumberOf(changed.Value!));
    }

    private static Refusal Gone(int number) => Refusal.Invalid("step", $"{number} is not there any more");

    private static void Set(JsonObject step, string member, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) step.Remove(member);
        else step[member] = text.Trim();
    }

    private static JsonObject Condition(StepCondition condition) => new()
    {
        ["type"] = "compound",
        ["operand"] = condition.Any ? "or" : "and",
        ["conditions"] = new JsonArray([.. condition.Comparisons.Select(c => new JsonObject { ["operand"] = c.Operand, ["lhs"] = c.Left, ["rhs"] = c.Right })]),
    };
}
