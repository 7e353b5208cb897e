using Microsoft.EntityFrameworkCore;
using Workato.Connections.Projects;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Projects;

public abstract class ProjectServiceTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_under_Home_is_a_project_of_its_own()
    {
        var folder = (await CreateAsync("Finance")).Granted();

        (folder.IsProject, folder.Project.Name, folder.Project.IsHome).ShouldBe((true, "Finance", false));
    }

    [Fact]
    public async Task A_folder_inside_a_project_belongs_to_it()
    {
        var project = (await CreateAsync("Sales")).Granted();

        var folder = (await CreateAsync("Quotes", project.Id)).Granted();

        (folder.IsProject, folder.ProjectId).ShouldBe((false, project.ProjectId));
    }

    [Fact]
    public async Task The_same_name_is_taken_only_once_in_a_place()
    {
        await CreateAsync("Once");

        (await CreateAsync("Once")).RefusedField("name").ShouldBe("has already been taken");
    }

    [Fact]
    public async Task The_same_name_may_be_used_in_another_place()
    {
        var project = (await CreateAsync("Twice")).Granted();

        (await CreateAsync("Twice", project.Id)).Granted();
    }

    [Fact]
    public async Task Of_two_who_create_the_same_folder_at_once_exactly_one_gets_it()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => CreateAsync("Race"), Cancel)));

        results.Count(r => r.Refusal is null).ShouldBe(1);
        results.Single(r => r.Refusal is not null).RefusedField("name").ShouldBe("has already been taken");
        (await workspace.DbAsync(db => db.Folders.CountAsync(f => f.Name == "Race", Cancel))).ShouldBe(1);
        (await workspace.DbAsync(db => db.Projects.CountAsync(p => p.Name == "Race", Cancel))).ShouldBe(1);
    }

    [Theory]
    [InlineData(null, "can't be blank")]
    [InlineData("  ", "can't be blank")]
    [InlineData("a\0b", "must not contain the character U+0000")]
    public async Task A_bad_name_is_refused(string? name, string problem) => (await CreateAsync(name)).RefusedField("name").ShouldBe(problem);

    [Fact]
    public async Task A_name_that_is_too_long_is_refused() => (await CreateAsync(new('x', 256))).RefusedField("name").ShouldBe("is too long (maximum is 255 characters)");

    [Fact]
    public async Task A_parent_that_is_not_there_is_refused() => (await CreateAsync("Lost", int.MaxValue)).RefusedField("parent_id").ShouldBe($"there is no folder {int.MaxValue}");

    [Fact]
    public async Task Folders_lie_only_so_deep()
    {
        var at = (await CreateAsync("Deep")).Granted();
        for (var depth = 1; depth < Folder.MaxDepth; depth++) at = (await CreateAsync("Deeper", at.Id)).Granted();

        (await CreateAsync("Too deep", at.Id)).RefusedField("parent_id").ShouldBe("folders may lie 20 deep at the most");
    }

    [Fact]
    public async Task Renaming_a_projects_folder_renames_the_project()
    {
        var folder = (await CreateAsync("Before")).Granted();

        await ChangeAsync(folder.Id, "After", "What it is for");

        var project = await workspace.DbAsync(db => db.Projects.SingleAsync(p => p.Id == folder.ProjectId, Cancel));
        (project.Name, project.Description).ShouldBe(("After", "What it is for"));
    }

    [Fact]
    public async Task Renaming_to_a_name_that_is_taken_is_refused()
    {
        var folder = (await CreateAsync("One")).Granted();
        await CreateAsync("Two");

        (await ChangeAsync(folder.Id, "Two")).RefusedField("name").ShouldBe("has already been taken");
    }

    [Fact]
    public async Task A_description_PostgreSQL_cannot_store_is_refused()
    {
        var folder = (await CreateAsync("Described")).Granted();

        (await ChangeAsync(folder.Id, null, "a\0b")).RefusedField("description").ShouldBe("must not contain the character U+0000");
    }

    [Fact]
    public async Task An_empty_folder_is_deleted()
    {
        var project = (await CreateAsync("With an empty one")).Granted();
        var folder = (await CreateAsync("Empty", project.Id)).Granted();

        (await DeleteAsync(folder.Id)).Granted().ShouldBeTrue();
    }

    [Fact]
    public async Task A_folder_with_a_folder_in_it_is_not_deleted()
    {
        var project = (await CreateAsync("With a full one")).Granted();
        var folder = (await CreateAsync("Full", project.Id)).Granted();
        await CreateAsync("Inside", folder.Id);

        (await DeleteAsync(folder.Id)).Refused().Message.ShouldBe("Cannot destroy folder: 'Full' is not empty. Move or delete what is in it first.");
    }

    [Fact]
    public async Task A_folder_with_a_connection_in_it_is_not_deleted()
    {
        var project = (await CreateAsync("With a used one")).Granted();
        var folder = (await CreateAsync("Used", project.Id)).Granted();
        await workspace.AskAsync<ConnectionService, Result<Connection>>(s =>
            s.CreateAsync(new() { Name = "Inside", Provider = "test_desk", FolderId = folder.Id, Proving = Proving.Skipped }, Cancel));

        (await DeleteAsync(folder.Id)).Refused().Kind.ShouldBe(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task A_project_is_not_deleted_as_a_folder()
    {
        var project = (await CreateAsync("A project")).Granted();

        (await DeleteAsync(project.Id)).Refused().Message.ShouldBe("Cannot destroy folder: 'A project' is a project; delete the project instead.");
    }

    [Fact]
    public async Task The_tree_lists_Home_first_and_every_folder_behind_its_parent()
    {
        var project = (await CreateAsync("A tree")).Granted();
        var branch = (await CreateAsync("b", project.Id)).Granted();
        await CreateAsync("a", project.Id);
        await CreateAsync("c", branch.Id);

        var tree = await workspace.AskAsync<FolderTree, IReadOnlyList<FolderPlace>>(t => t.ReadAsync(project.ProjectId, Cancel));

        tree.Select(p => p.Path).ShouldBe(["A tree", "A tree / a", "A tree / b", "A tree / b / c"]);
        (await workspace.AskAsync<FolderTree, IReadOnlyList<FolderPlace>>(t => t.ReadAsync(null, Cancel)))[0].Path.ShouldBe("Home");
    }

    private Task<Result<Folder>> CreateAsync(string? name, int? parent = null) => workspace.AskAsync<ProjectService, Result<Folder>>(s => s.CreateAsync(name, parent, Cancel));

    private Task<Result<Folder>> ChangeAsync(int id, string? name, string? description = null) =>
        workspace.AskAsync<ProjectService, Result<Folder>>(s => s.ChangeAsync(id, name, description, Cancel));

    private Task<Result<bool>> DeleteAsync(int id) => workspace.AskAsync<ProjectService, Result<bool>>(s => s.DeleteFolderAsync(id, Cancel));
}

public sealed class ProjectServiceOnSqlite(SqliteWorkspace workspace) : ProjectServiceTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class ProjectServiceOnPostgres(PostgresWorkspace workspace) : ProjectServiceTests(workspace), IClassFixture<PostgresWorkspace>;
