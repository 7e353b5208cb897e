using System.Text.Json.Nodes;

namespace Workato.Connections.Recipes.Editing;

/// <summary>Takes steps out of their places and puts them into others. An <c>if</c> goes with its <c>else</c>.</summary>
internal static class StepMoves
{
    /// <summary>What goes together: the step, and its <c>else</c>.</summary>
    public static IReadOnlyList<JsonObject> Unit(JsonObject step) => RecipeCode.Keyword(step) == Keywords.If && Next(step) is { } next && RecipeCode.Keyword(next) == Keywords.Else ? [step, next] : [step];

    /// <summary>The last of what goes together: behind it there is room.</summary>
    public static JsonObject Last(JsonObject step) => Unit(step)[^1];

    /// <summary>The step behind it in the same block, or null.</summary>
    public static JsonObject? Next(JsonObject step) => At(step, +1);

    /// <summary>Puts a new step behind another.</summary>
    public static void PutBehind(JsonObject step, JsonObject added)
    {
        var block = (JsonArray)step.Parent!;
        block.Insert(block.IndexOf(step) + 1, added);
    }

    /// <summary>One place up: before the step above, into the end of its block, or out of the block.</summary>
    public static void Up(JsonObject step)
    {
        if (At(step, -1) is { } above)
        {
            if (HasRoom(above)) Move(step, RecipeCode.Block(above), RecipeCode.Block(above).Count);
            else Move(step, (JsonArray)step.Parent!, ((JsonArray)step.Parent!).IndexOf(above));
        }
        else if (RecipeCode.Outside(step) is { Parent: JsonArray outer } around)
        {
            // From an else one comes into the if before it.
            if (RecipeCode.Keyword(around) == Keywords.Else && At(around, -1) is { } condition) Move(step, RecipeCode.Block(condition), RecipeCode.Block(condition).Count);
            else Move(step, outer, outer.IndexOf(around));
        }
    }

    /// <summary>One place down: behind the step below, into the beginning of its block, or out of the block.</summary>
    public static void Down(JsonObject step)
    {
        if (Next(Last(step)) is { } below)
        {
            if (HasRoom(below)) Move(step, RecipeCode.Block(below), 0);
            else Move(step, (JsonArray)step.Parent!, ((JsonArray)step.Parent!).IndexOf(below) + 1 - Unit(step).Count);
        }
        else if (RecipeCode.Outside(step) is { Parent: JsonArray outer } around)
        {
            // From an if one comes into its else.
            if (RecipeCode.Keyword(around) == Keywords.If && Last(around) is var other && other != around) Move(step, RecipeCode.Block(other), 0);
            else Move(step, outer, outer.IndexOf(around) + 1);
        }
    }

    private static bool HasRoom(JsonObject step) => RecipeCode.Keyword(step) != Keywords.Action;

    private static JsonObject? At(JsonObject step, int distance) =>
        step.Parent is JsonArray block && block.IndexOf(step) + distance is var index && index >= 0 && index < block.Count ? block[index] as JsonObject : null;

    // The place is as counted once the step has been taken out, or lies before it.
    private static void Move(JsonObject step, JsonArray to, int index)
    {
        var unit = Unit(step);
        foreach (var part in unit) ((JsonArray)part.Parent!).Remove(part);
        foreach (var part in unit.Reverse()) to.Insert(index, part);
    }
}
