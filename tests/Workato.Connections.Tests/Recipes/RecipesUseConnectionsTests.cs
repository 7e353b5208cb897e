using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Recipes;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Recipes;

/// <summary>A connection that recipes use is disconnected or deleted: what that stops is named first, and stops with it.</summary>
public abstract class RecipesUseConnectionsTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_recipe_keeps_its_connection_from_being_disconnected()
    {
        var connection = await workspace.ConnectedAsync("Desk");
        var recipe = await workspace.RecipeAsync("Tickets", connection.Id);

        (await DisconnectAsync(connection.Id)).Refused().Message.ShouldContain($"running recipe 'Tickets' ({recipe.Id})");

        (await workspace.RowAsync(connection.Id))!.Status.ShouldBe(AuthorizationStatus.Success);
        (await workspace.StateAsync(recipe)).ShouldBe((true, connection.Id));
    }

    [Fact]
    public async Task A_stopped_recipe_does_not()
    {
        var connection = await workspace.ConnectedAsync("Desk");
        await workspace.RecipeAsync("Tickets", connection.Id, running: false);

        (await DisconnectAsync(connection.Id)).Granted().ShouldBeTrue();
    }

    [Fact]
    public async Task Disconnecting_by_force_stops_it_in_words_that_name_the_connection()
    {
        var connection = await workspace.ConnectedAsync("Desk of Ada");
        var recipe = await workspace.RecipeAsync("Tickets", connection.Id);

        (await DisconnectAsync(connection.Id, force: true)).Granted().ShouldBeTrue();

        var row = (await workspace.RecipeRowAsync(recipe.Id))!;
        (row.Running, row.StopCause, row.StoppedByConnectionId).ShouldBe((false, StopCauses.ConnectionRemoved, connection.Id));
        row.StopReason!.ShouldContain("'Desk of Ada'");
        row.Connections.ShouldHaveSingleItem().ConnectionId.ShouldBe(connection.Id);
        (await workspace.AuditAsync(AuditEvents.RecipeStopped, recipe.Id)).ShouldHaveSingleItem().Reason.ShouldBe(row.StopReason);
    }

    [Fact]
    public async Task What_its_return_can_start_again_is_started_again()
    {
        var connection = await workspace.ConnectedAsync("Desk");
        var recipe = await workspace.RecipeAsync("Tickets", connection.Id);
        await DisconnectAsync(connection.Id, force: true);
        await workspace.DbAsync(db => db.Connections.Where(c => c.Id == connection.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, AuthorizationStatus.Success), Cancel));

        var restarts = await workspace.AskAsync<RecipeRestarts, IReadOnlyList<RecipeRestart>>(r => r.StartAsync(connection.Id, Cancel));

        restarts.ShouldHaveSingleItem().Start.Granted().IsStarted.ShouldBeTrue();
        (await workspace.StateAsync(recipe)).ShouldBe((true, connection.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_of_a_recipe_is_not_deleted(bool running)
    {
        var connection = await workspace.ConnectedAsync("Desk");
        var recipe = await workspace.RecipeAsync("Tickets", connection.Id, running);

        (await DeleteAsync(connection.Id)).Refused().Users.ShouldHaveSingleItem().Id.ShouldBe(recipe.Id);

        (await workspace.StateAsync(recipe)).ShouldBe((running, connection.Id));
    }

    [Fact]
    public async Task Deleting_by_force_stops_what_runs_and_all_lose_it()
    {
        var connection = await workspace.ConnectedAsync("Desk");
        var (running, stopped) = (await workspace.RecipeAsync("Tickets", connection.Id), await workspace.RecipeAsync("Other", connection.Id, running: false));

        (await DeleteAsync(connection.Id, force: true)).Granted().ShouldBeTrue();

        (await workspace.RowAsync(connection.Id)).ShouldBeNull();
        (await workspace.StateAsync(running)).ShouldBe((false, null));
        (await workspace.StateAsync(stopped)).ShouldBe((false, null));
        (await workspace.RecipeRowAsync(running.Id))!.StopReason!.ShouldContain("'Desk'");
        (await workspace.RecipeRowAsync(stopped.Id))!.StopCause.ShouldBeNull();
        (await workspace.AuditAsync(AuditEvents.RecipeUpdated, stopped.Id)).ShouldHaveSingleItem().Changes!.ShouldContain("connection of test_desk");
    }

    [Fact]
    public async Task A_recipe_that_begins_to_use_it_while_it_is_deleted_keeps_it()
    {
        var connection = await workspace.ConnectedAsync("Desk");
        var node = workspace.StartNode(configure: services => BeforeDelete.Do(services, () => workspace.RecipeAsync("Late", connection.Id)));

        var refused = (await workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DeleteAsync(connection.Id, Cancel), node)).Refused();

        refused.Users.First(u => u.Name == "Late").Kind.ShouldBe("running recipe");
        (await workspace.RowAsync(connection.Id)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_recipe_out_of_reach_is_told_of_without_its_name()
    {
        var (mine, theirs) = (await workspace.RootAsync(), await workspace.RootAsync());
        var connection = await workspace.ConnectedAsync("Desk", mine.Id);
        var secret = await workspace.RecipeAsync("Layoffs", connection.Id, folder: theirs.Id);

        var refused = (await workspace.AskAsAsync<ConnectionService, Result<bool>>(People.Of(SystemRoles.Analyst, mine.ProjectId), s => s.DeleteAsync(connection.Id, Cancel))).Refused();

        refused.Message.ShouldContain("a running recipe in a project you cannot see");
        refused.Message.ShouldNotContain("Layoffs");
        refused.Users.ShouldHaveSingleItem().ShouldSatisfyAllConditions(u => u.Id.ShouldBeNull(), u => u.Name.ShouldBeNull());
        (await workspace.StateAsync(secret)).Running.ShouldBeTrue();
    }

    [Fact]
    public async Task A_folder_with_a_recipe_in_it_is_not_empty()
    {
        var project = await workspace.RootAsync();
        var folder = (await workspace.AskAsync<ProjectService, Result<Folder>>(s => s.CreateAsync("F", project.Id, Cancel))).Granted();
        await workspace.RecipeAsync("Tickets", (await workspace.ConnectedAsync("Desk")).Id, folder: folder.Id);

        (await workspace.AskAsync<ProjectService, Result<bool>>(s => s.DeleteFolderAsync(folder.Id, Cancel))).Refused().Message.ShouldContain("is not empty");
    }

    protected Task<Result<bool>> DeleteAsync(int id, bool force = false) => workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DeleteAsync(id, Cancel, force));

    private Task<Result<bool>> DisconnectAsync(int id, bool force = false) => workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DisconnectAsync(id, force, Cancel));
}

public sealed class RecipesUseConnectionsOnSqlite(SqliteWorkspace workspace) : RecipesUseConnectionsTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class RecipesUseConnectionsOnPostgres(PostgresWorkspace workspace) : RecipesUseConnectionsTests(workspace), IClassFixture<PostgresWorkspace>
{
    private readonly Workspace workspace = workspace;

    // SQLite lets nobody in between.
    [Fact]
    public async Task A_recipe_that_comes_while_another_is_stopped_by_force_leaves_nothing_half_done()
    {
        var cancel = TestContext.Current.CancellationToken;
        var connection = await workspace.ConnectedAsync("Desk");
        var running = await workspace.RecipeAsync("Tickets", connection.Id);
        var node = workspace.StartNode(configure: services => BeforeDelete.Do(services, () => workspace.RecipeAsync("Late", connection.Id)));

        (await workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DeleteAsync(connection.Id, cancel, force: true), node)).Refused().Kind.ShouldBe(RefusalKind.InUse);

        (await workspace.StateAsync(running)).ShouldBe((true, connection.Id));
        (await workspace.AuditAsync(AuditEvents.RecipeStopped, running.Id)).ShouldBeEmpty();
    }
}
