namespace Workato.Connections.Recipes.Editing;

/// <summary>What a step may refer to.</summary>
public static class EarlierSteps
{
    /// <summary>The steps before it that bring something under a name, and the loops it lies in; in the order of their numbers.</summary>
    public static IReadOnlyList<RecipeStep> Of(RecipeStep trigger, int number) =>
        [.. trigger.All.Where(s => s.Number < number && (s.Keyword switch
        {
            Keywords.Trigger => true,
            Keywords.Action => s.As is not null,
            Keywords.Foreach => s.As is not null && s.All.Any(inner => inner.Number == number),
            _ => false,
        }))];
}
