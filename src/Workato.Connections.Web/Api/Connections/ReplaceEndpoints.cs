using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Api.Documentation;

namespace Workato.Connections.Web.Api.Connections;

/// <summary>Ours: moves all recipes from one connection to another.</summary>
internal static class ReplaceEndpoints
{
    public static void MapReplace(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/connections/{id:int}/replace").WithTags("Connections");
        group.MapPost("", ReplaceAsync).Needs(Privilege.UpdateRecipes, Of.Connection).WithSummary("Replace a connection everywhere").Produces<DataAnswer<ReplaceAnswer>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .WithDescription("All recipes you can reach that use this connection use the other one from then on, running ones too: all of them, or none. Users of a recipe with runtime_user_connections connect their own accounts again, so the other one must sign in by OAuth then. With dry_run nothing is changed, and the answer names the recipes and steps.")
            .WithExample("""{"with":8,"dry_run":true}""", """{"data":{"replacement_id":null,"dry_run":true,"recipes":[{"id":1,"name":"Notes to CRM","running":true,"steps":[{"number":1,"title":"Create a note"}],"runtime_user_connections":false}],"recipes_out_of_reach":0}}""");
        group.MapPost("/undo", UndoAsync).Needs(Privilege.UpdateRecipes, Of.Connection).WithSummary("Undo a replacement").Produces<DataAnswer<UndoAnswer>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .WithDescription("Recipes that still use the other connection use this one again. Those that were given yet another one since are named and stay.")
            .WithExample("""{"replacement_id":3}""", """{"data":{"replacement_id":3,"recipes":[{"id":1,"name":"Notes to CRM"}],"changed_since":[]}}""");
    }

    private static async Task<IResult> ReplaceAsync(int id, ReplaceBody body, ReplaceEverywhere replace, RecipeApps apps, CancellationToken cancel)
    {
        if (body.With is not { } with) return Problems.Invalid("with", "must be the id of the connection to use instead");
        var plan = await replace.PlanAsync(id, with, cancel);
        if (plan.Refusal is { } wrong) return Problems.From(wrong);
        if (body.DryRun == true) return Results.Ok(new DataAnswer<ReplaceAnswer>(ReplaceAnswer.From(plan.Value!, null, apps)));
        var done = await replace.DoAsync(id, with, cancel);
        return done.Refusal is { } refusal ? Problems.From(refusal) : Results.Ok(new DataAnswer<ReplaceAnswer>(ReplaceAnswer.From(plan.Value!, done.Value, apps)));
    }

    private static async Task<IResult> UndoAsync(int id, UndoBody body, ReplaceEverywhere replace, CancellationToken cancel)
    {
        if (body.ReplacementId is not { } replacement) return Problems.Invalid("replacement_id", "must be the id that the replacement was answered with");
        var undone = await replace.UndoAsync(id, replacement, cancel);
        return undone.Refusal is { } refusal ? Problems.From(refusal) : Results.Ok(new DataAnswer<UndoAnswer>(UndoAnswer.From(undone.Value!)));
    }
}

/// <summary>What to use instead.</summary>
/// <param name="With">The other connection, of the same app.</param>
/// <param name="DryRun">True changes nothing.</param>
internal sealed record ReplaceBody(int? With, bool? DryRun);

/// <summary>What to undo.</summary>
/// <param name="ReplacementId">As answered when it was done.</param>
internal sealed record UndoBody(int? ReplacementId);

/// <summary>What changed, or would.</summary>
internal sealed record ReplaceAnswer(int? ReplacementId, bool DryRun, IReadOnlyList<ReplacedRecipe> Recipes, int RecipesOutOfReach)
{
    public static ReplaceAnswer From(ReplacementPlan plan, ConnectionReplacement? done, RecipeApps apps) => new(
        done?.Id, done is null, [.. plan.Uses.Where(u => done?.RecipeIds.Contains(u.Recipe.Id) != false).Select(u => ReplacedRecipe.From(u, plan.From.Id, apps))], plan.Hidden);
}

/// <summary>A recipe that changes.</summary>
internal sealed record ReplacedRecipe(int Id, string Name, bool Running, IReadOnlyList<ReplacedStep> Steps, bool RuntimeUserConnections)
{
    public static ReplacedRecipe From(ConnectionUse use, int connection, RecipeApps apps) => new(
        use.Recipe.Id, use.Recipe.Name, use.Recipe.Running, [.. use.Steps.Select(s => new ReplacedStep(s.Number, (s.Keyword == Keywords.Trigger ? apps.Trigger(s)?.Title : apps.Action(s)?.Title) ?? s.Name))],
        use.Recipe.Connections.Exists(c => c.ConnectionId == connection && c.RuntimeUserConnections));
}

/// <summary>A step that changes.</summary>
internal sealed record ReplacedStep(int Number, string? Title);

/// <summary>What was moved back.</summary>
internal sealed record UndoAnswer(int ReplacementId, IReadOnlyList<NamedRecipe> Recipes, IReadOnlyList<NamedRecipe> ChangedSince)
{
    public static UndoAnswer From(ReplacementUndone undone) => new(undone.Replacement.Id, Named(undone.Back), Named(undone.ChangedSince));

    private static NamedRecipe[] Named(IEnumerable<Recipe> recipes) => [.. recipes.Select(r => new NamedRecipe(r.Id, r.Name))];
}

/// <summary>A recipe by name.</summary>
internal sealed record NamedRecipe(int Id, string Name);
