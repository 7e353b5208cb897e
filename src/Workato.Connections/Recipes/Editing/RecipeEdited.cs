using System.Text.Json;

namespace Workato.Connections.Recipes.Editing;

/// <summary>Code after a change.</summary>
/// <param name="Code">All of it.</param>
/// <param name="Step">The number of the step that was changed; where it was taken away, of the one to look at next.</param>
public sealed record RecipeEdited(string Code, int Step);

/// <summary>Where a step is put.</summary>
/// <param name="Step">The number of a step.</param>
/// <param name="Inside">As the first inside it; otherwise behind it, in the same block.</param>
public sealed record StepPlace(int Step, bool Inside);

/// <summary>What a person fills in at a step; null stays as it is.</summary>
public sealed record StepChange
{
    /// <summary>By the names of fields what stands in them; an empty one is taken out.</summary>
    public IReadOnlyDictionary<string, string?>? Inputs { get; init; }

    /// <summary>The name later steps refer to it by. What refers to it is changed with it.</summary>
    public string? As { get; init; }

    /// <summary>What a person calls it; an empty one is taken out.</summary>
    public string? Comment { get; init; }

    /// <summary>For <c>foreach</c>: the list.</summary>
    public string? Source { get; init; }

    /// <summary>For <c>if</c>: when the steps inside it happen.</summary>
    public StepCondition? Condition { get; init; }
}

/// <summary>When the steps inside an <c>if</c> happen.</summary>
/// <param name="Any">Whether one of the comparisons is enough.</param>
/// <param name="Comparisons">The comparisons.</param>
public sealed record StepCondition(bool Any, IReadOnlyList<StepComparison> Comparisons);

/// <summary>A comparison.</summary>
/// <param name="Operand">One of <see cref="Operands"/>.</param>
/// <param name="Left">What is compared.</param>
/// <param name="Right">What with; nothing where the operand asks about one value alone.</param>
public sealed record StepComparison(string Operand, string Left, string Right)
{
    /// <summary>The comparisons there are, Workato's words.</summary>
    public static IReadOnlyCollection<string> Operands => Inputs.Conditions.All;

    /// <summary>The operand as people read it.</summary>
    public string Words => WordsOf(Operand);

    /// <summary>An operand as people read it.</summary>
    public static string WordsOf(string operand) => operand switch
    {
        "equals_to" => "equals",
        "not_equals_to" => "does not equal",
        "greater_than" => "is greater than",
        "less_than" => "is less than",
        "not_contains" => "does not contain",
        "not_starts_with" => "does not start with",
        "not_ends_with" => "does not end with",
        "present" => "is there",
        "blank" => "is blank",
        _ => operand.Replace('_', ' '),
    };

    /// <summary>The condition of an <c>if</c>, as far as it can be read.</summary>
    public static StepCondition Of(RecipeStep step)
    {
        var input = step.Input;
        if (input.ValueKind != JsonValueKind.Object) return new(false, []);
        var list = input.TryGetProperty("conditions", out var conditions) && conditions.ValueKind == JsonValueKind.Array ? conditions.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.Object) : [];
        return new(input.TryGetProperty("operand", out var operand) && operand.ToString() == "or", [.. list.Select(c => new StepComparison(Text(c, "operand"), Text(c, "lhs"), Text(c, "rhs")))]);

        static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.ToString() : "";
    }
}
