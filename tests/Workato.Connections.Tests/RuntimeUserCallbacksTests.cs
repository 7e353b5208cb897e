using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data.Work;
using Workato.Connections.Projects;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests;

/// <summary>Telling whoever asked for a user's connection, on whichever database.</summary>
public abstract class RuntimeUserCallbacksTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_not_there_is_told_later_and_once()
    {
        var asked = 0;
        await using var portal = await TestApp.StartAsync();
        portal.Answer = context => Says(context, ++asked == 1 ? 503 : 204);
        await AskAsync(portal.Url);

        await RunAsync();
        await RunAsync();
        asked.ShouldBe(1);
        workspace.Time.Advance(TimeSpan.FromSeconds(31));
        await RunAsync();
        workspace.Time.Advance(TimeSpan.FromHours(1));
        await RunAsync();

        asked.ShouldBe(2);
        (await WaitingAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Who_is_never_there_is_given_up_after_some_hours()
    {
        var asked = 0;
        await using var portal = await TestApp.StartAsync();
        portal.Answer = context => Says(context, ++asked > 0 ? 500 : 200);
        await AskAsync(portal.Url);
        var began = workspace.Time.GetUtcNow();

        while (await WaitingAsync() > 0 && workspace.Time.GetUtcNow() - began < TimeSpan.FromDays(2))
        {
            await RunAsync();
            workspace.Time.Advance(TimeSpan.FromMinutes(1));
        }

        asked.ShouldBe(13);
        (workspace.Time.GetUtcNow() - began).ShouldBeInRange(TimeSpan.FromHours(4), TimeSpan.FromHours(12));
    }

    private static Task Says(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    // A user's connection that was just connected.
    private Task AskAsync(string url) => workspace.DbAsync(async db =>
    {
        var (now, folder) = (workspace.Time.GetUtcNow(), await db.Folders.Select(f => f.Id).FirstAsync(Cancel));
        var parent = new Connection { Name = "Parent", Provider = "test_desk", FolderId = folder, SignInBy = "basic", Settings = [], CreatedAt = now, UpdatedAt = now };
        db.Add(parent);
        await db.SaveChangesAsync(Cancel);
        var child = new Connection { Name = "Child", Provider = "test_desk", FolderId = folder, ParentId = parent.Id, ExternalId = "ada", CallbackUrl = url + "/told", SignInBy = "basic", Settings = [], CreatedAt = now, UpdatedAt = now };
        db.Add(child);
        await db.SaveChangesAsync(Cancel);
        db.Add(new WorkItem { Kind = RuntimeUserCallbacks.Work, Subject = child.Id, DueAt = now });
        return await db.SaveChangesAsync(Cancel);
    });

    private Task RunAsync() => workspace.Services.GetRequiredService<WorkRunner>().RunDueAsync(Cancel);

    private Task<int> WaitingAsync() => workspace.DbAsync(db => db.Set<WorkItem>().CountAsync(w => w.Kind == RuntimeUserCallbacks.Work, Cancel));
}

public sealed class RuntimeUserCallbacksOnSqlite(SqliteWorkspace workspace) : RuntimeUserCallbacksTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class RuntimeUserCallbacksOnPostgres(PostgresWorkspace workspace) : RuntimeUserCallbacksTests(workspace), IClassFixture<PostgresWorkspace>;
