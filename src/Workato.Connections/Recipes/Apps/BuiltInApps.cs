using Workato.Connections.Connectors;

namespace Workato.Connections.Recipes.Apps;

/// <summary>What recipes can do without any connector. The names are Workato's, so that its recipes are understood.</summary>
public static class BuiltInApps
{
    /// <summary>The provider of recipes that are called and that call.</summary>
    public const string Functions = "workato_recipe_function";

    /// <summary>The provider of commands in Slack.</summary>
    public const string Workbot = "slack_bot";

    /// <summary>Every connector's action of one's own.</summary>
    public const string CustomAction = "__adhoc_http_action";

    internal static IReadOnlyList<RecipeApp> All { get; } =
    [
        new("clock", "Schedule", "Starts a recipe by the clock.", null,
            [new("scheduled_event", "At a time or again and again", TriggerKind.Schedule,
            [
                Choice("time_unit", "Unit", "How often.", "minutes", "minutes", "hours", "days"),
                Field("trigger_every", "Every", "For example 5 for every 5 minutes.", fallback: "5"),
                Field("cron", "Or a cron expression", "Five fields, for example 30 8 * * MON-FRI; then unit and number do not count.", required: false),
                Field("timezone", "Time zone", "For example Europe/Berlin; UTC where empty.", required: false),
            ])], []),
        new("workato_webhooks", "Webhook", "Starts a recipe by a request to an address of its own.", null,
            [new("new_event", "New event", TriggerKind.Webhook, [])], []),
        new(Functions, "Recipe function", "Recipes that are called by scripts and other recipes, and give back a result.", null,
            [new("execute", "New call for this recipe", TriggerKind.Call, [])],
            [
                new("return_result", "Return a result", ActionKind.Return, [Field("result", "Result", "A value such as {{ step.id }}, or JSON.", Controls.TextArea, required: false)]),
                new("call_recipe", "Call a recipe", ActionKind.CallRecipe,
                [
                    Field("flow_id", "Recipe", "The id of a recipe that begins with a call."),
                    Field("parameters", "Parameters", "JSON, for example {\"name\": \"{{ step.name }}\"}.", Controls.TextArea, required: false),
                ]),
            ]),
        new("logger", "Log", "Writes a line into the job.", null, [],
            [new("log_message", "Log a message", ActionKind.Log, [Field("message", "Message", null, Controls.TextArea)])]),
    ];

    internal static RecipeTrigger Command { get; } = new("bot_command_v2", "New slash command", TriggerKind.Command,
        [Field("command", "Command", "As it is set up in the Slack app, for example /expenses.")]);

    internal static RecipeAction Reply { get; } = new("post_bot_reply", "Reply to the command", ActionKind.Reply, [Field("text", "Text", null, Controls.TextArea)]);

    internal static RecipeAction Request { get; } = new(CustomAction, "Custom action", ActionKind.Request,
    [
        Choice("verb", "Method", null, "GET", "GET", "POST", "PUT", "PATCH", "DELETE"),
        Field("path", "Path", "Behind the app's base address, for example /v1/items?limit=10."),
        Field("input", "Body", "JSON; nothing where empty.", Controls.TextArea, required: false),
    ]);

    private static ConnectorField Field(string name, string label, string? hint, string control = Controls.Text, bool required = true, string? fallback = null) =>
        new() { Name = name, Label = label, Hint = hint, Control = control, Required = required, Default = fallback };

    private static ConnectorField Choice(string name, string label, string? hint, string fallback, params string[] values) =>
        Field(name, label, hint, Controls.Select, fallback: fallback) with { Options = [.. values.Select(v => new FieldOption(v, v))] };
}
