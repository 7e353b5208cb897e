using Microsoft.EntityFrameworkCore;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests;

public abstract class WorkspaceSetupTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_first_start_there_is_one_Home_project()
    {
        var home = await workspace.DbAsync(db => db.Folders.Include(f => f.Project).SingleAsync(f => f.ParentId == null, Cancel));

        (home.Name, home.IsProject, home.Project.IsHome).ShouldBe(("Home", true, true));
    }

    [Fact]
    public async Task A_second_start_founds_nothing_anew()
    {
        await Workspace.PrepareAsync(workspace.StartNode());

        (await workspace.DbAsync(db => db.Projects.CountAsync(p => p.IsHome, Cancel))).ShouldBe(1);
        (await workspace.DbAsync(db => db.Set<Member>().CountAsync(Cancel))).ShouldBe(1);
    }

    [Fact]
    public async Task The_model_has_no_changes_without_a_migration() =>
        (await workspace.DbAsync(db => Task.FromResult(db.Database.HasPendingModelChanges()))).ShouldBeFalse();
}

public sealed class WorkspaceSetupOnSqlite(SqliteWorkspace workspace) : WorkspaceSetupTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class WorkspaceSetupOnPostgres(PostgresWorkspace workspace) : WorkspaceSetupTests(workspace), IClassFixture<PostgresWorkspace>;

/// <summary>Several nodes are the normal case there.</summary>
public sealed class ConcurrentFirstStartTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Four_nodes_that_start_first_at_the_same_time_found_one_workspace()
    {
        await using var workspace = new PostgresWorkspace(cluster);
        await workspace.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => workspace.StartNode()).ToArray().Select(node => Task.Run(() => Workspace.PrepareAsync(node))));

        (await workspace.DbAsync(db => db.Projects.CountAsync(TestContext.Current.CancellationToken))).ShouldBe(1);
        (await workspace.DbAsync(db => db.DataProtectionKeys.CountAsync(TestContext.Current.CancellationToken))).ShouldBe(1);
    }
}
