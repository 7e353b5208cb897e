using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Projects;
using Workato.Connections.Tests.Recipes;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests;

public abstract class ProjectRemovalTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_goes_with_everything_in_it()
    {
        var project = await FolderAsync(null);
        var deep = await FolderAsync((await FolderAsync(project.Id)).Id);
        var parent = await ConnectionAsync(deep.Id);
        await ConnectionAsync(deep.Id, parent.Id);

        (await DeleteAsync(project)).Granted().ShouldBeTrue();

        (await LeftAsync(project)).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Other_projects_stay()
    {
        var (project, other) = (await FolderAsync(null), await FolderAsync(null));
        await ConnectionAsync(other.Id);

        await DeleteAsync(project);

        (await LeftAsync(other)).ShouldBe((1, 1, 1));
    }

    [Fact]
    public async Task Home_cannot_be_deleted()
    {
        var home = await workspace.DbAsync(db => db.Folders.SingleAsync(f => f.ParentId == null, Cancel));

        (await DeleteAsync(home)).Refused().Kind.ShouldBe(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task A_project_that_is_not_there_is_not_found() =>
        (await workspace.AskAsync<ProjectRemoval, Result<bool>>(s => s.DeleteAsync(int.MaxValue, Cancel))).Refused().Kind.ShouldBe(RefusalKind.NotFound);

    [Fact]
    public async Task A_project_with_a_connection_in_use_stays_whole_and_the_refusal_names_what_uses_it()
    {
        var project = await FolderAsync(null);
        await ConnectionAsync(project.Id);
        var used = await ConnectionAsync((await FolderAsync(project.Id)).Id);
        workspace.Users.Use(used.Id, new("recipe", 17, "Sync tickets"));

        var refused = (await DeleteAsync(project)).Refused();

        refused.Kind.ShouldBe(RefusalKind.InUse);
        refused.Users.ShouldBe([new("recipe", 17, "Sync tickets")]);
        (await LeftAsync(project)).ShouldBe((1, 2, 2));
    }

    [Fact]
    public async Task A_project_with_the_parent_of_a_connection_elsewhere_stays_whole()
    {
        var (project, other) = (await FolderAsync(null), await FolderAsync(null));
        var parent = await ConnectionAsync(project.Id);
        await ConnectionAsync(project.Id, parent.Id);
        await ConnectionAsync(other.Id, parent.Id);

        (await DeleteAsync(project)).Refused().Kind.ShouldBe(RefusalKind.Conflict);

        (await LeftAsync(project)).ShouldBe((1, 1, 2));
    }

    [Fact]
    public async Task Its_recipes_go_along()
    {
        var project = await FolderAsync(null);
        var recipe = await workspace.RecipeAsync("Tickets", (await workspace.ConnectedAsync("Desk", project.Id)).Id, running: false, project.Id);

        (await DeleteAsync(project)).Granted().ShouldBeTrue();

        (await LeftAsync(project)).ShouldBe((0, 0, 0));
        (await workspace.RecipeRowAsync(recipe.Id)).ShouldBeNull();
        (await workspace.AuditAsync(AuditEvents.RecipeDeleted, recipe.Id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_project_in_which_a_recipe_runs_stays_whole_until_it_is_deleted_by_force()
    {
        var project = await FolderAsync(null);
        var recipe = await workspace.RecipeAsync("Tickets", (await workspace.ConnectedAsync("Desk", project.Id)).Id, folder: project.Id);

        (await DeleteAsync(project)).Refused().Users.ShouldBe([new("running recipe", recipe.Id, "Tickets")]);
        (await LeftAsync(project)).ShouldBe((1, 1, 1));

        (await DeleteAsync(project, force: true)).Granted().ShouldBeTrue();
        (await LeftAsync(project)).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Recipes_elsewhere_that_use_its_connections_are_named_and_by_force_stop_and_stay()
    {
        var (project, other) = (await FolderAsync(null), await FolderAsync(null));
        var connection = await workspace.ConnectedAsync("Desk", project.Id);
        var own = await workspace.RecipeAsync("Own", connection.Id, running: false, project.Id);
        var recipe = await workspace.RecipeAsync("Tickets", connection.Id, folder: other.Id);

        (await DeleteAsync(project)).Refused().Users.ShouldHaveSingleItem().Name.ShouldBe("Tickets");
        (await workspace.RecipeRowAsync(own.Id)).ShouldNotBeNull();

        (await DeleteAsync(project, force: true)).Granted().ShouldBeTrue();
        (await workspace.StateAsync(recipe)).ShouldBe((false, null));
    }

    private Task<Result<bool>> DeleteAsync(Folder project, bool force = false) => workspace.AskAsync<ProjectRemoval, Result<bool>>(s => s.DeleteAsync(project.ProjectId, Cancel, force));

    private async Task<(int Projects, int Folders, int Connections)> LeftAsync(Folder project) => (
        await workspace.DbAsync(db => db.Projects.CountAsync(p => p.Id == project.ProjectId, Cancel)),
        await workspace.DbAsync(db => db.Folders.CountAsync(f => f.ProjectId == project.ProjectId, Cancel)),
        await workspace.DbAsync(db => db.Connections.CountAsync(c => db.Set<Folder>().Any(f => f.Id == c.FolderId && f.ProjectId == project.ProjectId), Cancel)));

    private async Task<Folder> FolderAsync(int? parent) =>
        (await workspace.AskAsync<ProjectService, Result<Folder>>(s => s.CreateAsync($"F {Guid.NewGuid()}", parent, Cancel))).Granted();

    private async Task<Connection> ConnectionAsync(int folder, int? parent = null) => (await workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(
        new() { Name = "C", Provider = "test_desk", FolderId = folder, ParentId = parent, ExternalId = parent is null ? null : Guid.NewGuid().ToString(), Proving = Proving.Skipped }, Cancel))).Granted();
}

public sealed class ProjectRemovalOnSqlite(SqliteWorkspace workspace) : ProjectRemovalTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class ProjectRemovalOnPostgres(PostgresWorkspace workspace) : ProjectRemovalTests(workspace), IClassFixture<PostgresWorkspace>;
