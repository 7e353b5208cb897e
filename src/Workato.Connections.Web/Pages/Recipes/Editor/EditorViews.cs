using System.Globalization;
using Workato.Connections.Connectors;
using Workato.Connections.Diagnosing;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Editing;
using Workato.Connections.Web.Pages.Connections;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Recipes.Editor;

/// <summary>Reads what the editor shows.</summary>
internal sealed class EditorViews(RecipeApps apps, RecipeEdits edits, RecipeCheck check, ConnectionQueries connections, ConnectorCatalog catalog, ConnectForms forms, LastOutputs outputs)
{
    /// <summary>The prefix of the boxes of a step's inputs.</summary>
    public const string Prefix = "input.";

    private const int MaxCandidates = 50;

    /// <summary>The recipe with the panel of a step; what was typed takes the place of what is stored.</summary>
    public async Task<EditorView> ReadAsync(Recipe recipe, EditorWish wish, CancellationToken cancel)
    {
        var trigger = RecipeReader.Read(recipe.Code).Value!;
        var chosen = new Dictionary<string, ConnectionSummary>();
        foreach (var id in recipe.Connections.Select(c => c.ConnectionId).OfType<int>())
        {
            if (await connections.FindAsync(id, cancel) is { } found) chosen[found.Provider] = found;
        }

        var faults = check.Faults(trigger).ToLookup(f => f.Step);
        var rows = Rows(trigger, 0, null).OrderBy(r => r.Step.Number).Select(r => r with { IsTried = wish.IsTried, IsConnectionYetToCome = recipe.Connections.Find(c => c.Provider == r.Step.Provider)?.ConnectionId is null }).ToList();
        var row = rows.Find(r => r.Step.Number == wish.Step) ?? rows.Find(r => r.ToDo is not null) ?? rows[0];
        return new(recipe, rows, await PanelAsync(recipe, trigger, rows, row, chosen, wish, cancel));

        IEnumerable<StepRow> Rows(RecipeStep step, int depth, RecipeStep? next)
        {
            var app = apps.Find(step.Provider);
            yield return new(step, depth, app, TitleOf(step, app), [.. faults[step.Number]]) { ConnectionFault = ConnectionFault(step, app), ConnectionNote = ConnectionNote(step), Fields = edits.FieldsOf(step) ?? [], HasElse = next?.Keyword == Keywords.Else };
            var inner = step.Block;
            for (var i = 0; i < inner.Count; i++)
            {
                foreach (var below in Rows(inner[i], step.Keyword == Keywords.Trigger ? 0 : depth + 1, i + 1 < inner.Count ? inner[i + 1] : null)) yield return below;
            }
        }

        string? ConnectionFault(RecipeStep step, RecipeApp? app)
        {
            if (app is not { NeedsConnection: true } || step.Name is null) return null;
            if (recipe.Connections.Find(c => c.Provider == step.Provider)?.ConnectionId is null) return "Choose or make a connection";
            return chosen.GetValueOrDefault(step.Provider!) switch
            {
                null => null,
                { Status: var status } when status.IsUsable() => null,
                { Status: AuthorizationStatus.Failed } broken => Headline(broken) ?? "The connection does not work",
                { HasCredentials: true } => "The connection is not tested yet",
                _ => "The connection is not connected",
            };
        }

        // It works still, or is expected to.
        string? ConnectionNote(RecipeStep step) => chosen.GetValueOrDefault(step.Provider ?? "") is { } connection && connection.Status.IsUsable() ? Headline(connection) : null;
    }

    // An unknown cause says more by what follows from it.
    private static string? Headline(ConnectionSummary connection) => ConnectionProblem.Of(connection) switch
    {
        null => null,
        { Cause: Causes.Unknown } => "The connection does not work",
        var problem => problem.Headline,
    };

    private async Task<PanelView> PanelAsync(Recipe recipe, RecipeStep trigger, List<StepRow> rows, StepRow row, Dictionary<string, ConnectionSummary> chosen, EditorWish wish, CancellationToken cancel)
    {
        var (step, isTrigger) = (row.Step, row.Step.Keyword == Keywords.Trigger);
        var earlier = await outputs.ReadAsync(recipe, trigger, rows, step, cancel);
        var panel = new PanelView(row)
        {
            List = earlier.LastOrDefault(e => e.List is not null)?.List,
            Text = wish.Text,
            Typed = wish.Typed ?? StepTyped.Of(step),
            Stranded = wish.Stranded,
            Earlier = earlier,
        };
        if (step.Keyword is not (Keywords.Trigger or Keywords.Action)) return panel with { Operation = row.Title };

        var mayReconnect = row.App is { NeedsConnection: true } && chosen.ContainsKey(row.App.Provider) && forms.MayConnect;
        var pick = wish.Pick is "reconnect" && mayReconnect ? wish.Pick : recipe.Running ? null : row.App is null ? "app" : wish.Pick is "app" ? "app" : (edits.FieldsOf(step) is null || wish.Pick is "operation") ? "operation" : wish.Pick is "connection" or "connect" && row.App.NeedsConnection ? wish.Pick : null;
        var fields = edits.FieldsOf(step);
        var texts = StepTexts.Read(step);
        return panel with
        {
            Pick = pick,
            Apps = pick == "app" ? [.. apps.All.Where(a => (isTrigger ? a.Triggers.Count > 0 : a.Actions.Count > 0) && IsLike(a, wish.Text)).OrderBy(a => a.NeedsConnection)] : [],
            Operations = row.App is not { } app ? [] : isTrigger ? [.. app.Triggers.Select(t => (t.Name, t.Title))] : [.. app.Actions.Select(a => (a.Name, a.Title))],
            Operation = fields is null ? null : row.Title,
            Connection = row.App?.Connector is { } connector && fields is not null ? await ConnectionAsync(recipe, rows, step, connector, chosen, pick, cancel) : null,
            Boxes = [.. (fields ?? []).Select(f => Box(f, wish.Inputs?.GetValueOrDefault(f.Name) ?? texts.GetValueOrDefault(f.Name), row))],
        };
    }

    private async Task<ConnectionChoice> ConnectionAsync(Recipe recipe, List<StepRow> rows, RecipeStep step, Connector connector, Dictionary<string, ConnectionSummary> chosen, string? pick, CancellationToken cancel)
    {
        var id = recipe.Connections.Find(c => c.Provider == connector.Provider)?.ConnectionId;
        var place = new RecipeReturn(recipe.Id, step.Number, id);
        return new(connector, id, chosen.GetValueOrDefault(connector.Provider), [.. rows.Where(r => r.Step.Provider == connector.Provider && r.Step.Number != step.Number)])
        {
            Candidates = recipe.Running ? [] : (await connections.PageAsync(new() { Provider = connector.Provider }, MaxCandidates, cancel)).Items,
            Form = pick == "connect" ? await forms.NewAsync(connector, recipe.FolderId, place, cancel) : null,
            Again = pick == "reconnect" ? await forms.AgainAsync(connector, chosen[connector.Provider], place with { Was = null }, cancel) : null,
            Secondary = connector.HasSecondary ? catalog.Find(connector.Provider + Connector.SecondarySuffix) : null,
        };
    }

    private static FieldBox Box(ConnectorField field, string? value, StepRow row)
    {
        // A choice whose value comes from a template, or is none of the choices, is shown as the text it is.
        var isText = value is { Length: > 0 } && (field.Control == Controls.Checkbox ? value is not ("true" or "false") : field.Control == Controls.Select && !field.Options.Any(o => o.Value == value));
        var problems = row.Wrong.Where(f => f.Field == field.Name || f.Field.StartsWith(field.Name + ".", StringComparison.Ordinal) || f.Field.StartsWith(field.Name + "[", StringComparison.Ordinal)).Select(f => f.Problem);
        return new(isText || field.Control == Controls.Url ? field with { Control = Controls.Text } : field, Prefix + field.Name, value ?? field.Default ?? "", [.. problems], IsKept: false);
    }

    private static string TitleOf(RecipeStep step, RecipeApp? app) => step.Comment ?? step.Keyword switch
    {
        Keywords.If => "If",
        Keywords.Else => "Otherwise",
        Keywords.Foreach => string.Create(CultureInfo.InvariantCulture, $"Repeat for each {step.As ?? "element"}"),
        Keywords.Trigger => app?.Triggers.FirstOrDefault(t => t.Name == step.Name)?.Title ?? (app is null ? "What starts the recipe" : $"{app.Title}: trigger not chosen"),
        _ => app?.Actions.FirstOrDefault(a => a.Name == step.Name)?.Title ?? (app is null ? "New action" : $"{app.Title}: action not chosen"),
    };

    private static bool IsLike(RecipeApp app, string? text) =>
        string.IsNullOrWhiteSpace(text) || new[] { app.Title, app.Provider, app.Description }.Any(t => t.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase));
}

/// <summary>What is to be shown.</summary>
internal sealed record EditorWish(int? Step, string? Pick, string? Text)
{
    /// <summary>Whether the recipe was just tried to be started.</summary>
    public bool IsTried { get; init; }

    /// <summary>What was typed into inputs and not saved.</summary>
    public IReadOnlyDictionary<string, string?>? Inputs { get; init; }

    /// <summary>What was typed beside them and not saved.</summary>
    public StepTyped? Typed { get; init; }

    /// <summary>See <see cref="PanelView.Stranded"/>.</summary>
    public IReadOnlyDictionary<string, string> Stranded { get; init; } = new Dictionary<string, string>();
}
