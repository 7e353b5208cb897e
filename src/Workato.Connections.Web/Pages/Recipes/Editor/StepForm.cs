using System.Globalization;
using Workato.Connections.Connectors;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Editing;

namespace Workato.Connections.Web.Pages.Recipes.Editor;

/// <summary>What a person filled in at a step, as it was posted.</summary>
/// <param name="Of">Which step it was: its kind, app and operation.</param>
/// <param name="Inputs">By field.</param>
/// <param name="Typed">What stands beside them.</param>
internal sealed record StepForm(string Of, IReadOnlyDictionary<string, string?> Inputs, StepTyped Typed)
{
    private const int MaxComparisons = 20;

    /// <summary>By what a step is known again.</summary>
    public static string Mark(RecipeStep step) => $"{step.Keyword} {step.Provider} {step.Name}";

    /// <summary>Reads it; <paramref name="fields"/> are those of the step as it is now.</summary>
    public static StepForm Read(IFormCollection form, IReadOnlyList<ConnectorField>? fields)
    {
        var inputs = form.Where(f => f.Key.StartsWith(EditorViews.Prefix, StringComparison.Ordinal)).ToDictionary(f => f.Key[EditorViews.Prefix.Length..], f => f.Value.LastOrDefault());
        // A box that is not ticked is not posted.
        foreach (var box in (fields ?? []).Where(f => f.Control == Controls.Checkbox)) inputs.TryAdd(box.Name, "false");
        var comparisons = Enumerable.Range(0, MaxComparisons).Where(i => form.ContainsKey(Name("operand", i))).Select(i => new StepComparison(Value(Name("operand", i)), Value(Name("left", i)), Value(Name("right", i))));
        return new(Value("of"), inputs, new()
        {
            As = Value("as"),
            Comment = Value("comment"),
            Source = Value("source"),
            Condition = new(Value("any") == "true", [.. comparisons.Where(c => c.Left.Length > 0 || c.Right.Length > 0)]),
        });

        string Value(string name) => form[name].LastOrDefault() ?? "";
    }

    /// <summary>The name of a box of a comparison.</summary>
    public static string Name(string part, int index) => string.Create(CultureInfo.InvariantCulture, $"{part}.{index}");

    /// <summary>Whether it was this step that was filled in.</summary>
    public bool IsFor(RecipeStep step) => Of == Mark(step);

    /// <summary>The change it asks for.</summary>
    public StepChange ToChange(RecipeStep step) => new()
    {
        Inputs = step.Keyword is Keywords.Trigger or Keywords.Action ? Inputs : null,
        As = step.Keyword is Keywords.If or Keywords.Else ? null : Typed.As,
        Comment = Typed.Comment,
        Source = step.Keyword == Keywords.Foreach ? Typed.Source : null,
        Condition = step.Keyword == Keywords.If ? Typed.Condition : null,
    };

    /// <summary>To be shown again as it was typed.</summary>
    public EditorWish ToWish(int? step) => new(step, null, null) { Inputs = Inputs, Typed = Typed };

    /// <summary>Everything that was typed, as text.</summary>
    public IReadOnlyDictionary<string, string> ToTexts() =>
        Inputs.Select(i => KeyValuePair.Create(i.Key, i.Value ?? ""))
            .Append(new("name", Typed.As)).Append(new("comment", Typed.Comment)).Append(new("list", Typed.Source))
            .Concat(Typed.Condition.Comparisons.Select((c, i) => KeyValuePair.Create($"condition {i + 1}", $"{c.Left} {c.Operand} {c.Right}")))
            .Where(t => !string.IsNullOrWhiteSpace(t.Value)).DistinctBy(t => t.Key).ToDictionary();
}
