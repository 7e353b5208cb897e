using Workato.Connections.Connectors;

namespace Workato.Connections.Recipes.Apps;

/// <summary>An app as recipes know it: what starts them, and what their steps do.</summary>
/// <param name="Provider">As in a step's <c>provider</c>.</param>
/// <param name="Title">As a person reads it.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Connector">The app a connection leads to; null where the product does it itself, without any connection.</param>
/// <param name="Triggers">What starts a recipe.</param>
/// <param name="Actions">What a step does.</param>
public sealed record RecipeApp(
    string Provider, string Title, string Description, Connector? Connector, IReadOnlyList<RecipeTrigger> Triggers, IReadOnlyList<RecipeAction> Actions)
{
    /// <summary>Whether its steps need a connection.</summary>
    public bool NeedsConnection => Connector is not null;
}

/// <summary>What starts a recipe.</summary>
/// <param name="Name">As in the step's <c>name</c>; Workato's where it has it.</param>
/// <param name="Title">As a person reads it.</param>
/// <param name="Kind">By what means.</param>
/// <param name="Fields">Its input.</param>
public sealed record RecipeTrigger(string Name, string Title, TriggerKind Kind, IReadOnlyList<ConnectorField> Fields)
{
    /// <summary>For <see cref="TriggerKind.Polling"/>: what is asked.</summary>
    public Operation? Operation { get; init; }

    /// <summary>The type of a recipe that begins with it.</summary>
    public RecipeType Type => Kind switch { TriggerKind.Call => RecipeType.Callable, TriggerKind.Command => RecipeType.Workbot, _ => RecipeType.Standard };
}

/// <summary>By what means a recipe is started.</summary>
public enum TriggerKind
{
    /// <summary>By the clock.</summary>
    Schedule,

    /// <summary>By a request to the recipe's own address.</summary>
    Webhook,

    /// <summary>By a record that was not there when an app was last asked.</summary>
    Polling,

    /// <summary>By a script or another recipe, which waits for the result.</summary>
    Call,

    /// <summary>By a command in a chat.</summary>
    Command,
}

/// <summary>What a step does.</summary>
/// <param name="Name">As in the step's <c>name</c>; Workato's where it has it.</param>
/// <param name="Title">As a person reads it.</param>
/// <param name="Kind">How it is done.</param>
/// <param name="Fields">Its input.</param>
public sealed record RecipeAction(string Name, string Title, ActionKind Kind, IReadOnlyList<ConnectorField> Fields)
{
    /// <summary>For <see cref="ActionKind.Operation"/>: what is asked.</summary>
    public Operation? Operation { get; init; }
}

/// <summary>How an action is done.</summary>
public enum ActionKind
{
    /// <summary>By an operation of a connector.</summary>
    Operation,

    /// <summary>By a request the recipe writes itself.</summary>
    Request,

    /// <summary>The result for whoever called the recipe; the job ends.</summary>
    Return,

    /// <summary>Another recipe, whose result is waited for.</summary>
    CallRecipe,

    /// <summary>A line in the job.</summary>
    Log,

    /// <summary>The answer to a command in a chat.</summary>
    Reply,
}
