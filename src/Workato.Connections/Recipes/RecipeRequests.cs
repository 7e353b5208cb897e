namespace Workato.Connections.Recipes;

/// <summary>A recipe to be made or changed; null stays as it is.</summary>
public sealed record RecipeChange
{
    /// <summary>Up to 255 characters.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>The steps, JSON.</summary>
    public string? Code { get; init; }

    /// <summary>By connector the connection, or null where none is chosen.</summary>
    public IReadOnlyDictionary<string, int?>? Config { get; init; }

    /// <summary>By connector whether runs on behalf of a user use that user's own connection.</summary>
    public IReadOnlyDictionary<string, bool>? RuntimeUserConnections { get; init; }

    /// <summary>Where it lies.</summary>
    public int? FolderId { get; init; }

    /// <summary>What starts it.</summary>
    public RecipeType? Type { get; init; }

    /// <summary>The version it was made from: it is refused where there is a newer one. Null: whichever there is.</summary>
    public int? BasedOn { get; init; }
}

/// <summary>What keeps a recipe from being started.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Field">Which field of it.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Problem">What is wrong.</param>
public sealed record RecipeFault(int Step, string Field, string? Value, string Problem);

/// <summary>How starting a recipe ended.</summary>
/// <param name="Code">What is wrong with its steps.</param>
/// <param name="Config">What is wrong with its connections: the connection's id, and Workato's word for it.</param>
public sealed record RecipeStart(IReadOnlyList<RecipeFault> Code, IReadOnlyList<RecipeFault> Config)
{
    /// <summary>Whether it runs.</summary>
    public bool IsStarted => Code.Count == 0 && Config.Count == 0;
}
