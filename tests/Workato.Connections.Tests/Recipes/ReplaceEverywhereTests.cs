using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Recipes;

/// <summary>All recipes are moved from one connection to another, and back.</summary>
public abstract class ReplaceEverywhereTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_recipes_move_at_once_running_ones_too()
    {
        var (old, other) = (await workspace.ConnectedAsync("Old"), await workspace.ConnectedAsync("New"));
        var (running, stopped) = (await workspace.RecipeAsync("Tickets", old.Id), await workspace.RecipeAsync("Other", old.Id, running: false));

        var done = (await DoAsync(old.Id, other.Id)).Granted();

        done.RecipeIds.ShouldBe([running.Id, stopped.Id], ignoreOrder: true);
        (await workspace.StateAsync(running)).ShouldBe((true, other.Id));
        (await workspace.StateAsync(stopped)).ShouldBe((false, other.Id));
        foreach (var recipe in new[] { running, stopped })
            (await workspace.AuditAsync(AuditEvents.RecipeUpdated, recipe.Id)).ShouldHaveSingleItem().Changes.ShouldBe($$"""{"connection of test_desk":["{{old.Id}}","{{other.Id}}"]}""");
    }

    [Fact]
    public async Task A_plan_names_recipes_and_steps_and_changes_nothing()
    {
        var (old, other) = (await workspace.ConnectedAsync("Old"), await workspace.ConnectedAsync("New"));
        var recipe = await workspace.RecipeAsync("Tickets", old.Id);

        var plan = (await PlanAsync(old.Id, other.Id)).Granted();

        plan.Uses.ShouldHaveSingleItem().ShouldSatisfyAllConditions(u => u.Recipe.Id.ShouldBe(recipe.Id), u => u.Steps.Select(s => s.Number).ShouldBe([1]));
        (await workspace.StateAsync(recipe)).ShouldBe((true, old.Id));
    }

    [Fact]
    public async Task Undoing_moves_back_what_still_uses_the_new_one_and_names_what_does_not()
    {
        var (old, other, third) = (await workspace.ConnectedAsync("Old"), await workspace.ConnectedAsync("New"), await workspace.ConnectedAsync("Third"));
        var (kept, changed) = (await workspace.RecipeAsync("Tickets", old.Id), await workspace.RecipeAsync("Changed", old.Id, running: false));
        var done = (await DoAsync(old.Id, other.Id)).Granted();
        (await workspace.AskAsync<RecipeService, Result<Recipe>>(s => s.ConnectAsync(changed.Id, "test_desk", third.Id, Cancel))).Granted();

        var undone = (await UndoAsync(old.Id, done.Id)).Granted();

        undone.Back.Select(r => r.Name).ShouldBe(["Tickets"]);
        undone.ChangedSince.Select(r => r.Name).ShouldBe(["Changed"]);
        (await workspace.StateAsync(kept)).ShouldBe((true, old.Id));
        (await workspace.StateAsync(changed)).ShouldBe((false, third.Id));
        (await UndoAsync(old.Id, done.Id)).RefusedField("replacement_id").ShouldBe("was undone already");
    }

    [Fact]
    public async Task What_cannot_take_its_place_is_refused_by_name()
    {
        var old = await workspace.ConnectedAsync("Old");
        var suite = await workspace.ConnectedAsync("Suite", provider: "rest");
        var child = (await workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(new() { Name = "Of u-1", Provider = "test_desk", ParentId = old.Id, ExternalId = "u-1", Proving = Proving.Skipped }, Cancel))).Granted();
        var recipe = await workspace.RecipeAsync("Tickets", old.Id);

        (await DoAsync(old.Id, suite.Id)).RefusedField("with").ShouldContain("is one of rest, not of test_desk");
        (await DoAsync(old.Id, old.Id)).RefusedField("with").ShouldBe("must be another connection");
        (await DoAsync(old.Id, child.Id)).RefusedField("with").ShouldContain("runtime user connection");
        (await DoAsync(old.Id, int.MaxValue)).RefusedField("with").ShouldBe($"there is no connection {int.MaxValue}");
        (await DoAsync(child.Id, old.Id)).RefusedField("id").ShouldContain("runtime user connection");
        (await workspace.StateAsync(recipe)).ShouldBe((true, old.Id));
    }

    [Fact]
    public async Task A_running_recipe_is_not_moved_to_a_connection_that_does_not_work()
    {
        var (old, other) = (await workspace.ConnectedAsync("Old"), await workspace.ConnectedAsync("New"));
        var recipe = await workspace.RecipeAsync("Tickets", old.Id);
        await workspace.DbAsync(db => db.Connections.Where(c => c.Id == other.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, (AuthorizationStatus?)null), Cancel));

        (await PlanAsync(old.Id, other.Id)).RefusedField("with").ShouldContain("'New' is not connected");
        (await DoAsync(old.Id, other.Id)).RefusedField("with").ShouldContain("Connect it first, or stop them");

        (await workspace.StateAsync(recipe)).ShouldBe((true, old.Id));
    }

    [Fact]
    public async Task A_recipe_that_runs_for_users_is_not_moved_to_a_connection_of_which_they_can_have_none_of_their_own()
    {
        var (old, byKey, byOAuth) = (await workspace.ConnectedAsync("Old", provider: "github"), await workspace.ConnectedAsync("By key", provider: "github"), await workspace.ConnectedAsync("By OAuth", provider: "github"));
        await SignInByAsync("oauth2", old, byOAuth);
        var (ofUsers, plain) = (await workspace.RecipeAsync("For users", old.Id, running: false, provider: "github"), await workspace.RecipeAsync("Plain", old.Id, running: false, provider: "github"));
        await workspace.DbAsync(db => db.Set<RecipeConnection>().Where(c => c.RecipeId == ofUsers.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.RuntimeUserConnections, true), Cancel));

        foreach (var words in new[] { (await PlanAsync(old.Id, byKey.Id)).RefusedField("with"), (await DoAsync(old.Id, byKey.Id)).RefusedField("with") })
            words.ShouldBe($"'By key' does not sign in by OAuth, so users cannot connect their own, and 'For users' ({ofUsers.Id}) runs with them. Choose one that does, or switch runtime user connections off there");

        (await workspace.StateAsync(plain)).ShouldBe((false, old.Id));
        var done = (await DoAsync(old.Id, byOAuth.Id)).Granted();
        await SignInByAsync("personal_access_token", old);
        (await UndoAsync(old.Id, done.Id)).RefusedField("id").ShouldContain($"'For users' ({ofUsers.Id}) runs with them");
        (await workspace.StateAsync(ofUsers)).ShouldBe((false, byOAuth.Id));
    }

    [Fact]
    public async Task Recipes_and_connections_out_of_reach_stay()
    {
        var (mine, theirs) = (await workspace.RootAsync(), await workspace.RootAsync());
        var (old, other, hidden) = (await workspace.ConnectedAsync("Old", mine.Id), await workspace.ConnectedAsync("New", mine.Id), await workspace.ConnectedAsync("Hidden", theirs.Id));
        var (own, secret) = (await workspace.RecipeAsync("Mine", old.Id, folder: mine.Id), await workspace.RecipeAsync("Theirs", old.Id, folder: theirs.Id));
        var analyst = People.Of(SystemRoles.Analyst, mine.ProjectId);

        (await workspace.AskAsAsync<ReplaceEverywhere, Result<ConnectionReplacement>>(analyst, r => r.DoAsync(old.Id, hidden.Id, Cancel))).RefusedField("with").ShouldBe($"there is no connection {hidden.Id}");
        (await workspace.AskAsAsync<ReplaceEverywhere, Result<ReplacementPlan>>(analyst, r => r.PlanAsync(old.Id, other.Id, Cancel))).Granted().Hidden.ShouldBe(1);
        (await workspace.AskAsAsync<ReplaceEverywhere, Result<ConnectionReplacement>>(analyst, r => r.DoAsync(old.Id, other.Id, Cancel))).Granted().RecipeIds.ShouldBe([own.Id]);

        (await workspace.StateAsync(secret)).ShouldBe((true, old.Id));
    }

    [Fact]
    public async Task It_takes_the_privileges_to_change_recipes_and_to_use_connections()
    {
        var (old, other) = (await workspace.ConnectedAsync("Old"), await workspace.ConnectedAsync("New"));

        foreach (var missing in new[] { Privilege.UpdateRecipes, Privilege.UseConnections })
        {
            var access = new Access("Some", [.. SystemRoles.Owner.Privileges.Where(p => p != missing)], ProjectScope.All);
            (await workspace.AskAsAsync<ReplaceEverywhere, Result<ReplacementPlan>>(access, r => r.PlanAsync(old.Id, other.Id, Cancel))).Refused().Kind.ShouldBe(RefusalKind.Forbidden);
        }
    }

    private async Task SignInByAsync(string way, params Connection[] connections)
    {
        var ids = connections.Select(c => c.Id).ToList();
        await workspace.DbAsync(db => db.Connections.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.SignInBy, way), Cancel));
    }

    private Task<Result<ReplacementPlan>> PlanAsync(int from, int to) => workspace.AskAsync<ReplaceEverywhere, Result<ReplacementPlan>>(r => r.PlanAsync(from, to, Cancel));

    private Task<Result<ConnectionReplacement>> DoAsync(int from, int to) => workspace.AskAsync<ReplaceEverywhere, Result<ConnectionReplacement>>(r => r.DoAsync(from, to, Cancel));

    private Task<Result<ReplacementUndone>> UndoAsync(int from, int replacement) => workspace.AskAsync<ReplaceEverywhere, Result<ReplacementUndone>>(r => r.UndoAsync(from, replacement, Cancel));
}

public sealed class ReplaceEverywhereOnSqlite(SqliteWorkspace workspace) : ReplaceEverywhereTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class ReplaceEverywhereOnPostgres(PostgresWorkspace workspace) : ReplaceEverywhereTests(workspace), IClassFixture<PostgresWorkspace>;
