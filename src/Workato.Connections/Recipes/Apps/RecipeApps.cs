using Workato.Connections.Connectors;

namespace Workato.Connections.Recipes.Apps;

/// <summary>All that steps can be made of: what the product does itself, and the operations of every connector.</summary>
public sealed class RecipeApps
{
    private readonly Dictionary<string, RecipeApp> byProvider;
    private readonly ConnectorCatalog catalog;

    /// <summary>Of these connectors.</summary>
    public RecipeApps(ConnectorCatalog catalog)
    {
        this.catalog = catalog;
        All = [.. BuiltInApps.All, .. catalog.All.Select(Of)];
        byProvider = All.ToDictionary(a => a.Provider);
    }

    /// <summary>All of them: those without a connection first, then the apps by title.</summary>
    public IReadOnlyList<RecipeApp> All { get; }

    /// <summary>The one a step names, or null.</summary>
    public RecipeApp? Find(string? provider) => provider is null ? null : byProvider.GetValueOrDefault(provider);

    /// <summary>"Did you mean", for one that is not there.</summary>
    public string? Suggest(string provider) => catalog.Suggest(provider);

    /// <summary>The trigger a step names, or null.</summary>
    public RecipeTrigger? Trigger(RecipeStep step) => Find(step.Provider)?.Triggers.FirstOrDefault(t => t.Name == step.Name);

    /// <summary>The action a step names, or null.</summary>
    public RecipeAction? Action(RecipeStep step) => Find(step.Provider)?.Actions.FirstOrDefault(a => a.Name == step.Name);

    /// <summary>How the list is referred to that an action brings, for example <c>notes.items</c>; null where it brings none, as far as that is known before it was done.</summary>
    public string? ListOf(RecipeStep step) => step.As is not { } name || Action(step)?.Operation?.NewRecords is not { } listed ? null : name + (listed.Records ?? "").Replace('/', '.');

    /// <summary>The connectors these steps need a connection of.</summary>
    public IReadOnlyList<string> Connected(RecipeStep trigger) => [.. trigger.Providers.Where(p => Find(p) is not { NeedsConnection: false })];

    private static RecipeApp Of(Connector connector)
    {
        var isWorkbot = connector.Provider == BuiltInApps.Workbot;
        return new(
            connector.Provider, connector.Title, connector.Description, connector,
            [.. isWorkbot ? [BuiltInApps.Command] : Array.Empty<RecipeTrigger>(), .. connector.Operations.Where(o => o.NewRecords is not null).Select(Polling)],
            [
                .. isWorkbot ? [BuiltInApps.Reply] : Array.Empty<RecipeAction>(),
                .. connector.Operations.Select(o => new RecipeAction(o.Name, o.Title, ActionKind.Operation, [.. o.Fields.Select(f => f.Field)]) { Operation = o }),
                BuiltInApps.Request,
            ]);
    }

    private static RecipeTrigger Polling(Operation operation) => new(operation.Name, operation.NewRecords!.Title, TriggerKind.Polling,
    [
        .. operation.Fields.Select(f => f.Field).Where(f => f.Name != operation.NewRecords.Since),
        new() { Name = "poll_every", Label = "Look every (minutes)", Hint = "From 1 to 1440.", Default = "5", Required = false },
        new() { Name = "include_existing", Label = "Also what is there already", Hint = "Otherwise only what is new from now on.", Control = Controls.Checkbox, Required = false, Default = "false" },
    ])
    { Operation = operation };
}
