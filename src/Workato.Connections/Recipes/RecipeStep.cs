using System.Text.Json;

namespace Workato.Connections.Recipes;

/// <summary>One step of a recipe, in Workato's words.</summary>
/// <param name="Number">Its place, from 0 for the trigger, as people count.</param>
/// <param name="Keyword">One of <see cref="Keywords"/>.</param>
/// <param name="Provider">The connector; null for conditions and loops.</param>
/// <param name="Name">The connector's trigger or action.</param>
/// <param name="As">The name by which later steps refer to what it brought.</param>
/// <param name="Input">What it is given.</param>
/// <param name="Block">The steps inside it; for the trigger: behind it.</param>
public sealed record RecipeStep(int Number, string Keyword, string? Provider, string? Name, string? As, JsonElement Input, IReadOnlyList<RecipeStep> Block)
{
    /// <summary>For <c>foreach</c>: the list, a reference to an earlier output.</summary>
    public string? Source { get; init; }

    /// <summary>What a person calls it; null: nothing of one's own.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether nobody has filled anything in yet: it was added, and not saved since.</summary>
    public bool IsUntouched => Keyword == Keywords.Foreach ? Source is null : Input.ValueKind == JsonValueKind.Undefined;

    /// <summary>This one and all inside it, in the order of their numbers.</summary>
    public IEnumerable<RecipeStep> All => Block.SelectMany(b => b.All).Prepend(this);

    /// <summary>The connectors it and the steps inside it need a connection of.</summary>
    public IReadOnlyList<string> Providers => [.. All.Select(s => s.Provider).OfType<string>().Distinct()];
}

/// <summary>The kinds of steps.</summary>
public static class Keywords
{
    /// <summary>The first.</summary>
    public const string Trigger = "trigger";

    /// <summary>Does something in an app.</summary>
    public const string Action = "action";

    /// <summary>The steps inside it happen under a condition.</summary>
    public const string If = "if";

    /// <summary>The steps inside it happen where the condition before it does not hold.</summary>
    public const string Else = "else";

    /// <summary>The steps inside it happen for each element of a list.</summary>
    public const string Foreach = "foreach";
}
