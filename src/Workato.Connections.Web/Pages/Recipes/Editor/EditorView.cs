using System.Globalization;
using Workato.Connections.Connectors;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Editing;
using Workato.Connections.Web.Pages.Connections;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Recipes.Editor;

/// <summary>A recipe as the editor shows it: its steps, and the panel of the one that is chosen.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Rows">Its steps, by number.</param>
/// <param name="Panel">The chosen one's panel.</param>
internal sealed record EditorView(Recipe Recipe, IReadOnlyList<StepRow> Rows, PanelView Panel)
{
    /// <summary>Whether nothing can be changed, because it runs.</summary>
    public bool IsReadOnly => Recipe.Running;

    /// <summary>
    /// Where a step can be put between this one and the next in the list: inside it, behind it, and behind those around it
    /// that end with it.
    /// </summary>
    public IReadOnlyList<PlaceToAdd> PlacesAfter(StepRow row)
    {
        var places = new List<PlaceToAdd>();
        if (row.Step.Keyword == Keywords.Trigger) places.Add(new(0, true, 0, "as the first"));
        else if (row.Step.Keyword != Keywords.Action) places.Add(new(row.Step.Number, true, row.Depth + 1, "inside " + row.Kind));
        var last = row.Step.Number;
        foreach (var ended in Rows.Reverse().Where(r => r.Step.Keyword != Keywords.Trigger && r.Step.Number <= last && r.Step.All.Last().Number == last && !(r.Step.Keyword == Keywords.If && r.HasElse)))
            places.Add(new(ended.Step.Number, false, ended.Depth, WordsBehind(ended)) { MayElse = ended is { Step.Keyword: Keywords.If, HasElse: false } });
        return places;
    }

    // Behind an action one is in what it lies in; the number tells two of a kind apart.
    private string WordsBehind(StepRow row)
    {
        var around = row.Step.Keyword == Keywords.Action ? Rows.LastOrDefault(r => r.Step.Block.Contains(row.Step)) : row;
        if (around is not { Step.Keyword: not Keywords.Trigger }) return $"behind step {row.Step.Number}";
        var isOne = Rows.Count(r => r.Step.Keyword == around.Step.Keyword) == 1;
        return $"{(around == row ? "behind" : "inside")} {around.Kind}{(isOne ? "" : $" of step {around.Step.Number}")}";
    }

    /// <summary>By what the browser keeps what was typed at a step and not saved.</summary>
    public string DraftOf(RecipeStep step) => string.Create(CultureInfo.InvariantCulture, $"{Recipe.Id}:{step.As ?? step.Number.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The editor's address at a step.</summary>
    public string At(int step, string? pick = null) => $"/recipes/{Recipe.Id}/edit?step={step}{(pick is null ? "" : "&pick=" + pick)}";
}

/// <summary>A place where a step can be put.</summary>
/// <param name="Step">The number of a step.</param>
/// <param name="Inside">As the first inside it; otherwise behind it.</param>
/// <param name="Depth">How deep it lies then.</param>
/// <param name="Words">The same in words.</param>
internal sealed record PlaceToAdd(int Step, bool Inside, int Depth, string Words)
{
    /// <summary>Whether an else may stand here.</summary>
    public bool MayElse { get; init; }
}

/// <summary>A step in the list.</summary>
/// <param name="Step">The step.</param>
/// <param name="Depth">How deep it lies in others.</param>
/// <param name="App">Its app; null while none is chosen, and for conditions and loops.</param>
/// <param name="Title">What it does, in words.</param>
/// <param name="Faults">What keeps the recipe from being started, here.</param>
internal sealed record StepRow(RecipeStep Step, int Depth, RecipeApp? App, string Title, IReadOnlyList<RecipeFault> Faults)
{
    /// <summary>What is wrong with its connection; null: nothing.</summary>
    public string? ConnectionFault { get; init; }

    /// <summary>What its connection suffers from that passes by itself, in words; null: nothing.</summary>
    public string? ConnectionNote { get; init; }

    /// <summary>Whether an else stands behind it.</summary>
    public bool HasElse { get; init; }

    /// <summary>Its fields, by which faults are named.</summary>
    public IReadOnlyList<ConnectorField> Fields { get; init; } = [];

    /// <summary>Whether the recipe was just tried to be started: what is to be filled in keeps it from that.</summary>
    public bool IsTried { get; init; }

    /// <summary>What kind of step it is, in a word or two.</summary>
    public string Kind => Step.Keyword switch { Keywords.If => "the If", Keywords.Else => "Otherwise", Keywords.Foreach => "the loop", _ => "the step" };

    /// <summary>Whether a fault is only something that nobody has come to yet.</summary>
    public bool IsYetToCome(RecipeFault fault) => !IsTried && (fault.Field is "block" || (fault.Field is "provider" or "name" && fault.Value is null) || (Step.IsUntouched && fault.Value is null));

    /// <summary>The faults that are shown as such.</summary>
    public IEnumerable<RecipeFault> Wrong => Faults.Where(f => !IsYetToCome(f));

    /// <summary>Whether what is to be done is only something that nobody has come to yet.</summary>
    public bool IsToDoYetToCome => !IsTried && (ToDo == ConnectionFault ? IsConnectionYetToCome : Faults.Count > 0 && IsYetToCome(Faults[0]));

    /// <summary>Whether its connection was not chosen yet.</summary>
    public bool IsConnectionYetToCome { get; init; }

    /// <summary>What stands under the title.</summary>
    public string Under => App?.Title ?? Step.Keyword switch
    {
        Keywords.Trigger => "Trigger",
        Keywords.If => StepComparison.Of(Step) is { Comparisons: { Count: > 0 } all } condition && all[0].Left.Length > 0 ? string.Join(condition.Any ? " or " : " and ", all.Select(c => $"{c.Left} {c.Words} {c.Right}".TrimEnd())) : "Condition",
        Keywords.Else => "Where the condition does not hold",
        Keywords.Foreach => string.IsNullOrWhiteSpace(Step.Source) ? "Loop" : Step.Source,
        _ => "Action",
    };

    /// <summary>The first thing to do, in words; null: nothing.</summary>
    public string? ToDo => Faults.Count == 0 || (ConnectionFault is not null && Faults[0].Field is not ("provider" or "name")) ? ConnectionFault : Words(Faults[0]);

    /// <summary>A fault of it in words.</summary>
    public string Words(RecipeFault fault) => fault.Field switch
    {
        "provider" when fault.Value is null => "Choose the app",
        "provider" => $"There is no app '{fault.Value}'",
        "name" => Step.Keyword == Keywords.Trigger ? "Choose the trigger" : "Choose the action",
        "account_id" => ConnectionFault ?? "The connection is not connected",
        "block" => "Add a step",
        "input" or "source" when IsYetToCome(fault) => Step.Keyword == Keywords.If ? "To be filled in: the condition" : "To be filled in: the list",
        "input" when Step.Keyword == Keywords.If && StepComparison.Of(Step).Comparisons.Count == 0 => "The condition needs a comparison",
        "input" => $"The condition {fault.Problem}",
        var side when side.StartsWith("conditions[", StringComparison.Ordinal) && int.TryParse(side["conditions[".Length..].Split(']')[0], out var index) => $"Comparison {index + 1} {fault.Problem}",
        "source" => $"The list {fault.Problem}",
        "as" => $"The name {fault.Problem}",
        var other when IsYetToCome(fault) => $"To be filled in: {LabelOf(other)}",
        var other => $"{LabelOf(other)} {fault.Problem}",
    };

    private string LabelOf(string field) => Fields.FirstOrDefault(f => f.Name == field)?.Label ?? field.Replace('_', ' ');
}

/// <summary>The panel of a step.</summary>
/// <param name="Row">The step.</param>
internal sealed record PanelView(StepRow Row)
{
    /// <summary>Which part is being chosen anew: <c>app</c>, <c>operation</c>, <c>connection</c>, <c>connect</c>, <c>reconnect</c>; null: the first that is not there.</summary>
    public string? Pick { get; init; }

    /// <summary>What apps are narrowed to.</summary>
    public string? Text { get; init; }

    /// <summary>The apps to choose from.</summary>
    public IReadOnlyList<RecipeApp> Apps { get; init; } = [];

    /// <summary>The triggers or actions to choose from, by name with their titles.</summary>
    public IReadOnlyList<(string Name, string Title)> Operations { get; init; } = [];

    /// <summary>What it does, in words; null while that is not chosen.</summary>
    public string? Operation { get; init; }

    /// <summary>The connection it uses; null where none is needed.</summary>
    public ConnectionChoice? Connection { get; init; }

    /// <summary>The boxes of its inputs.</summary>
    public IReadOnlyList<FieldBox> Boxes { get; init; } = [];

    /// <summary>What it may refer to.</summary>
    public IReadOnlyList<Insertable> Earlier { get; init; } = [];

    /// <summary>What was typed and belongs to a step that is not there any more.</summary>
    public IReadOnlyDictionary<string, string> Stranded { get; init; } = new Dictionary<string, string>();

    /// <summary>How a list is referred to that an earlier step brings; null where none is known to.</summary>
    public string? List { get; init; }

    /// <summary>Whether nothing is asked for but a name and a note.</summary>
    public bool AsksNothing => Row.Step.Keyword is Keywords.Else || (Row.Step.Keyword is Keywords.Trigger or Keywords.Action && Boxes.Count == 0);

    /// <summary>The values that stand in the boxes of name, comment, list and condition.</summary>
    public required StepTyped Typed { get; init; }

    /// <summary>Whether the inputs are open: everything before them is chosen, and the connection works.</summary>
    public bool IsOpen => Operation is not null && Pick is null && Connection is null or { IsValid: true };
}

/// <summary>The connection of a step's app in this recipe.</summary>
/// <param name="Connector">The app.</param>
/// <param name="Id">The one chosen; null: none.</param>
/// <param name="Chosen">The same, where it is within reach.</param>
/// <param name="Others">The other steps that use it.</param>
internal sealed record ConnectionChoice(Connector Connector, int? Id, ConnectionSummary? Chosen, IReadOnlyList<StepRow> Others)
{
    /// <summary>Those to choose from.</summary>
    public IReadOnlyList<ConnectionSummary> Candidates { get; init; } = [];

    /// <summary>The form in which one is made; null where it is not asked for.</summary>
    public ConnectForm? Form { get; init; }

    /// <summary>The form in which the chosen one is connected again; null where it is not asked for.</summary>
    public ReconnectForm? Again { get; init; }

    /// <summary>The second connector of the app; null where it has none or this is it.</summary>
    public Connector? Secondary { get; init; }

    /// <summary>Whether steps can use it: connected, or only for the moment not reachable.</summary>
    public bool IsValid => Id is not null && (Chosen is null || Chosen.Status.IsUsable());

    /// <summary>What is wrong with it and what to do, at a step; null where nothing is.</summary>
    public Advice? AdviceAt(Recipe recipe, int step) => Chosen is { } chosen && (!IsValid || ConnectionProblem.Of(chosen) is not null)
        ? new(recipe, Connector.Title, chosen) { Connector = Connector, Back = new(recipe.Id, step, null) }
        : null;

    /// <summary>The steps that change with it, in words.</summary>
    public string Names => string.Join(", ", Others.Select(o => $"step {o.Step.Number}{(o.Step.Keyword == Keywords.Trigger ? " (trigger)" : "")} {o.Title}"));
}

/// <summary>What a step brings, to be put into an input.</summary>
/// <param name="Step">Which step.</param>
/// <param name="Title">What it does.</param>
/// <param name="Name">The name it is referred to by.</param>
/// <param name="References">What can be put in, with an example of what it was last.</param>
internal sealed record Insertable(int Step, string Title, string Name, IReadOnlyList<(string Text, string? Example)> References)
{
    /// <summary>How a list of it is referred to; null where it is known to bring none, or nothing is known.</summary>
    public string? List { get; init; }
}

/// <summary>What stands in the boxes beside the inputs.</summary>
internal sealed record StepTyped
{
    public string As { get; init; } = "";

    public string Comment { get; init; } = "";

    public string Source { get; init; } = "";

    public StepCondition Condition { get; init; } = new(false, []);

    public static StepTyped Of(RecipeStep step) => new() { As = step.As ?? "", Comment = step.Comment ?? "", Source = step.Source ?? "", Condition = StepComparison.Of(step) };
}
