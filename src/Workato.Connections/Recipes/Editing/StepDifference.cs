using System.Globalization;
using System.Text.Json;

namespace Workato.Connections.Recipes.Editing;

/// <summary>Says what was done between two versions of a recipe.</summary>
public static class StepDifference
{
    /// <summary>In words such as "add step 2"; several changes at once are "change several steps".</summary>
    public static string Of(RecipeStep before, RecipeStep after)
    {
        var (old, now) = (before.All.ToList(), after.All.ToList());
        if (now.Count != old.Count) return now.Count > old.Count ? Counted("add", old, now) : Counted("delete", now, old);
        var changed = old.Zip(now).Where(pair => !IsSame(pair.First, pair.Second)).ToList();
        // The same steps in another order.
        if (old.Select(Own).Order(StringComparer.Ordinal).SequenceEqual(now.Select(Own).Order(StringComparer.Ordinal)) && (changed.Count != 0 || !IsSameShape(old, now))) return "move a step";
        return changed switch
        {
            [] => "change the code",
            [var (was, step)] => string.Create(CultureInfo.InvariantCulture, $"{Verb(was, step)} step {step.Number}"),
            // A step that was given another name is named so wherever it is referred to.
            _ when changed.FindAll(c => c.First.As != c.Second.As) is [var (_, renamed)] => string.Create(CultureInfo.InvariantCulture, $"rename step {renamed.Number}"),
            _ => "change several steps",
        };
    }

    private static string Verb(RecipeStep was, RecipeStep now) => (was, now) switch
    {
        _ when was.Provider != now.Provider => "choose the app of",
        _ when was.Name != now.Name => now.Keyword == Keywords.Trigger ? "choose the trigger in" : "choose the action of",
        _ => "fill in",
    };

    // The first step that the shorter list has not.
    private static string Counted(string verb, List<RecipeStep> fewer, List<RecipeStep> more)
    {
        var first = fewer.Zip(more).TakeWhile(pair => Own(pair.First) == Own(pair.Second)).Count();
        return more.Count - fewer.Count == 1 ? string.Create(CultureInfo.InvariantCulture, $"{verb} step {first}") : string.Create(CultureInfo.InvariantCulture, $"{verb} {more.Count - fewer.Count} steps");
    }

    private static bool IsSame(RecipeStep one, RecipeStep other) => Own(one) == Own(other);

    private static bool IsSameShape(List<RecipeStep> one, List<RecipeStep> other) => one.Select(s => s.All.Count()).SequenceEqual(other.Select(s => s.All.Count()));

    private static string Own(RecipeStep step)
    {
        string?[] parts = [step.Keyword, step.Provider, step.Name, step.As, step.Source, step.Comment, step.Input.ValueKind == JsonValueKind.Undefined ? null : step.Input.GetRawText()];
        return string.Join('\n', parts);
    }
}
