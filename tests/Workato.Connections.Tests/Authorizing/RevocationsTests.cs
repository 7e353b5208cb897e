using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Authorizing;
using Workato.Connections.Projects;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing;

/// <summary>A project is deleted, and the apps of its connections are told that their tokens are not needed any more.</summary>
public abstract class RevocationsTests(Workspace workspace) : TokenScene(workspace)
{
    private readonly ConcurrentBag<string> revoked = [];
    private Func<Task> meanwhile = () => Task.CompletedTask;

    [Fact]
    public async Task The_app_is_told_of_every_connection_that_went()
    {
        var node = await StartAsync();
        var project = await ProjectAsync();
        for (var number = 1; number <= 3; number++) await ConnectedAsync(project, $"rt-{number}");

        (await DeleteAsync(project, node)).Granted();

        await Revocations(node).StopAsync(Cancel);
        revoked.Order().ShouldBe(["rt-1", "rt-2", "rt-3"]);
    }

    // Some apps end a whole grant by one of its tokens.
    [Fact]
    public async Task What_the_same_account_still_needs_elsewhere_is_not_revoked()
    {
        var node = await StartAsync();
        var (project, other) = (await ProjectAsync(), await ProjectAsync());
        await ConnectedAsync(project, "rt-1");
        await ConnectedAsync(other, "rt-2");

        (await DeleteAsync(project, node)).Granted();

        await Revocations(node).StopAsync(Cancel);
        revoked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_project_that_stays_keeps_its_tokens()
    {
        var node = await StartAsync();
        var project = await ProjectAsync();
        var used = await ConnectedAsync(project, "rt-1");
        Workspace.Users.Use(used.Id, new("recipe", 17, "Sync tickets"));

        (await DeleteAsync(project, node)).Refused();

        await Revocations(node).StopAsync(Cancel);
        revoked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_waits_for_an_app_that_hangs()
    {
        var node = await StartAsync();
        var project = await ProjectAsync();
        await ConnectedAsync(project, "rt-1");
        var gate = new Gate();
        meanwhile = gate.PassAsync;

        (await DeleteAsync(project, node).WaitAsync(TimeSpan.FromSeconds(60), Cancel)).Granted();

        await gate.Reached;
        gate.Open();
        await Revocations(node).StopAsync(Cancel);
        revoked.ShouldBe(["rt-1"]);
    }

    [Fact]
    public async Task One_that_cannot_be_told_does_not_keep_the_others_from_it()
    {
        var node = await StartAsync();
        var project = await ProjectAsync();
        var broken = await ConnectedAsync(project, "rt-1");
        await Workspace.DbAsync(db => db.Connections.Where(c => c.Id == broken.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedTokens, new byte[] { 1, 2, 3 }), Cancel));
        await ConnectedAsync(project, "rt-2");

        (await DeleteAsync(project, node)).Granted();

        await Revocations(node).StopAsync(Cancel);
        revoked.ShouldBe(["rt-2"]);
    }

    private static Revocations Revocations(IServiceProvider node) => node.GetRequiredService<Revocations>();

    private async Task<IServiceProvider> StartAsync()
    {
        var me = App.Api;
        App.Api = async context =>
        {
            if (context.Request.Path == "/revoke")
            {
                var form = await context.Request.ReadFormAsync();
                await meanwhile();
                revoked.Add(form["token"].ToString());
            }

            await me(context);
        };
        var node = Node();
        await Revocations(node).StartAsync(Cancel);
        return node;
    }

    private async Task<Folder> ProjectAsync() =>
        (await Workspace.AskAsync<ProjectService, Result<Folder>>(s => s.CreateAsync($"P {Guid.NewGuid()}", null, Cancel))).Granted();

    private async Task<Connection> ConnectedAsync(Folder project, string refreshToken) => (await Workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(
        new() { Name = "Suite", Provider = TestSuite.Provider, FolderId = project.Id, Input = Input(), Tokens = IssuingApp.First(Now) with { RefreshToken = new(refreshToken) } }, Cancel))).Granted();

    private Task<Result<bool>> DeleteAsync(Folder project, IServiceProvider node) => Workspace.AskAsync<ProjectRemoval, Result<bool>>(s => s.DeleteAsync(project.ProjectId, Cancel), node);
}

public sealed class RevocationsOnSqlite(SqliteWorkspace workspace) : RevocationsTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class RevocationsOnPostgres(PostgresWorkspace workspace) : RevocationsTests(workspace), IClassFixture<PostgresWorkspace>;
