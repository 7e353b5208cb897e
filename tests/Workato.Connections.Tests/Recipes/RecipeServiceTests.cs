using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Recipes;
using Workato.Connections.Tests.Recipes.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Recipes;

/// <summary>The life of a recipe.</summary>
public abstract class RecipeServiceTests(Workspace workspace) : RecipeScene(workspace)
{
    private static object Ticket => Step("get_ticket", new { id = "1" }, "ticket");

    [Fact]
    public async Task A_recipe_has_one_connection_for_each_connector_and_none_for_what_needs_none()
    {
        var desk = await DeskAsync();

        var recipe = await RecipeAsync(Trigger(Ticket, Ticket, Log("x")), desk);

        recipe.Connections.ShouldHaveSingleItem().ConnectionId.ShouldBe(desk.Id);
        recipe.Type.ShouldBe(RecipeType.Callable);
    }

    [Fact]
    public async Task Every_change_of_the_code_is_a_version_with_its_author()
    {
        var recipe = await RecipeAsync(Trigger(Log("a")));
        await UpdateAsync(recipe, new() { Name = "Renamed" });
        await UpdateAsync(recipe, new() { Code = JsonSerializer.Serialize(Trigger(Log("b"))) });

        var versions = await Workspace.DbAsync(db => db.Set<RecipeVersion>().Where(v => v.RecipeId == recipe.Id).OrderBy(v => v.Number).ToListAsync(Cancel));

        versions.Select(v => (v.Number, v.Name)).ShouldBe([(1, "Recipe"), (2, "Renamed")]);
        versions.ShouldAllBe(v => v.Author.Length > 0);
    }

    [Fact]
    public async Task A_running_recipe_is_neither_changed_nor_deleted()
    {
        var recipe = await StartedAsync(Trigger(Log("a")));

        (await UpdateAsync(recipe, new() { Name = "x" })).RefusedField("running").ShouldBe("can't modify running recipe");
        (await Workspace.AskAsync<RecipeService, Result<bool>>(s => s.DeleteAsync(recipe.Id, Cancel))).RefusedField("running").ShouldBe("Can't change the recipe state: invalid state running");
    }

    [Fact]
    public async Task Starting_refuses_a_connection_that_is_lost_or_was_never_connected_and_names_the_step()
    {
        var desk = await DeskAsync();
        var recipe = await RecipeAsync(Trigger(Log("x"), Ticket), desk);
        await Workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DisconnectAsync(desk.Id, force: true, Cancel));

        var start = (await TryStartAsync(recipe)).Granted();

        start.Code.ShouldBeEmpty();
        start.Config.ShouldBe([new RecipeFault(2, "account_id", $"{desk.Id}", "unconnected")]);
        (await NowAsync(recipe)).Running.ShouldBeFalse();
    }

    [Fact]
    public async Task A_connection_of_another_app_or_of_nobody_is_refused()
    {
        var desk = await DeskAsync();
        var code = JsonSerializer.Serialize(Trigger(Ticket));

        (await MakeAsync(new() { Name = "x", Code = code, Config = new Dictionary<string, int?> { ["jira"] = desk.Id } })).RefusedField("config").ShouldBe($"connection {desk.Id} is one of test_desk, not of jira");
        (await MakeAsync(new() { Name = "x", Code = code, Config = new Dictionary<string, int?> { ["test_desk"] = 999_999 } })).RefusedField("config").ShouldBe("there is no connection 999999");
        (await MakeAsync(new() { Name = "x", Code = code, Config = new Dictionary<string, int?> { ["clock"] = desk.Id } })).RefusedField("config").ShouldBe("there is no connector 'clock'");
    }

    [Fact]
    public async Task A_runtime_child_is_no_connection_of_a_recipe()
    {
        var desk = await DeskAsync();
        var child = (await Workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(
            new() { Name = "Ada's", Provider = "test_desk", ParentId = desk.Id, ExternalId = "ada", Proving = Proving.Skipped }, Cancel))).Granted();

        (await MakeAsync(new() { Name = "x", Code = JsonSerializer.Serialize(Trigger(Ticket)), Config = new Dictionary<string, int?> { ["test_desk"] = child.Id } })).RefusedField("config").ShouldBe($"there is no connection {child.Id}");
    }

    [Fact]
    public async Task Who_starts_and_who_changes_at_the_same_time_see_each_other()
    {
        var recipe = await RecipeAsync(Trigger(Log("x")));
        await Workspace.DbAsync(async db =>
        {
            var stale = await db.Recipes.SingleAsync(r => r.Id == recipe.Id, Cancel);
            (await TryStartAsync(recipe)).Granted();
            stale.Name = "changed";
            await Should.ThrowAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(Cancel));
            return true;
        });
    }

    [Fact]
    public async Task A_copy_is_stopped_and_has_the_same_connections()
    {
        var desk = await DeskAsync();
        var recipe = await StartedAsync(Trigger(Ticket), desk);

        var copy = (await Workspace.AskAsync<RecipeService, Result<Recipe>>(s => s.CopyAsync(recipe.Id, recipe.FolderId, Cancel))).Granted();

        (copy.Running, copy.Connections.Single().ConnectionId).ShouldBe((false, desk.Id));
    }

    [Fact]
    public async Task What_is_done_to_a_recipe_stands_in_the_audit_log()
    {
        var recipe = await StartedAsync(Trigger(Log("x")));
        await Workspace.AskAsync<RecipeService, Result<bool>>(s => s.StopAsync(recipe.Id, Cancel));
        await Workspace.AskAsync<RecipeService, Result<bool>>(s => s.DeleteAsync(recipe.Id, Cancel));

        (await Workspace.DbAsync(db => db.Set<AuditEntry>().Where(e => e.ResourceType == AuditedTypes.Recipe && e.ResourceId == recipe.Id).OrderBy(e => e.Id).Select(e => e.Event).ToListAsync(Cancel)))
            .ShouldBe([AuditEvents.RecipeCreated, AuditEvents.RecipeStarted, AuditEvents.RecipeStopped, AuditEvents.RecipeDeleted]);
    }

    private Task<Result<Recipe>> UpdateAsync(Recipe recipe, RecipeChange change) => Workspace.AskAsync<RecipeService, Result<Recipe>>(s => s.UpdateAsync(recipe.Id, change, Cancel));
}

public sealed class RecipeServiceOnSqlite(SqliteWorkspace workspace) : RecipeServiceTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class RecipeServiceOnPostgres(PostgresWorkspace workspace) : RecipeServiceTests(workspace), IClassFixture<PostgresWorkspace>;
