namespace Workato.Connections.Recipes.Editing;

/// <summary>
/// Where a recipe stands among its versions. A version whose steps are those of the one before the last is an undo, and one
/// whose steps are those of what was undone is a redo: nothing else has to be remembered, by whomever they were made.
/// </summary>
public sealed record RecipeHistory
{
    /// <summary>The latest versions that are looked at: so far back goes an undo.</summary>
    public const int MaxVersions = 40;

    /// <summary>The version an undo goes to; null: there is none.</summary>
    public int? UndoTo { get; private init; }

    /// <summary>The version a redo goes to; null: there is none.</summary>
    public int? RedoTo { get; private init; }

    /// <summary>What an undo takes back, in words such as "choose the action of step 2".</summary>
    public string Undone { get; private init; } = "";

    /// <summary>What a redo does again, in such words.</summary>
    public string Redone { get; private init; } = "";

    /// <summary>Reads it from versions with their code, oldest first.</summary>
    public static RecipeHistory Of(IReadOnlyList<RecipeVersion> versions)
    {
        var (line, at) = (new List<RecipeVersion>(), -1);
        foreach (var version in versions)
        {
            if (at > 0 && line[at - 1].Code == version.Code) at--;
            else if (at + 1 < line.Count && line[at + 1].Code == version.Code) at++;
            else
            {
                line.RemoveRange(at + 1, line.Count - at - 1);
                line.Add(version);
                at++;
            }
        }

        var (before, behind) = (at > 0 ? line[at - 1] : null, at + 1 < line.Count ? line[at + 1] : null);
        return new()
        {
            UndoTo = before?.Number,
            RedoTo = behind?.Number,
            Undone = before is null ? "" : Words(before, line[at]),
            Redone = behind is null ? "" : Words(line[at], behind),
        };
    }

    private static string Words(RecipeVersion from, RecipeVersion to) =>
        RecipeReader.Read(from.Code).Value is { } before && RecipeReader.Read(to.Code).Value is { } after ? StepDifference.Of(before, after) : "change the code";
}
