using Microsoft.EntityFrameworkCore;
using Workato.Connections.Health;
using Workato.Connections.Projects;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests;

/// <summary>The life of a connection, on whichever database, against an app on a real socket.</summary>
public abstract partial class ConnectionServiceTests(Workspace workspace) : IAsyncLifetime
{
    private TestApp app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        app.Answer = TestApp.Wants("bot", "right");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return app.DisposeAsync();
    }

    private static Dictionary<string, string?> Given(params (string Name, string Value)[] fields) => fields.ToDictionary(f => f.Name, f => (string?)f.Value);

    private static NewConnection Shell() => new() { Name = "Shell", Provider = "test_desk", Proving = Proving.Skipped };

    private Dictionary<string, string?> Input(string password, params (string Name, string Value)[] more)
    {
        var input = Given(("auth_type", "basic"), ("url", app.Url), ("username", "bot"), ("password", password));
        foreach (var (name, value) in more) input[name] = value;
        return input;
    }

    private NewConnection New(string password, Proving proving = Proving.Recorded) =>
        new() { Name = "Desk", Provider = "test_desk", Input = Input(password), Proving = proving };

    private Task<Result<Connection>> CreateAsync(string password, Proving proving = Proving.Recorded) => CreateAsync(New(password, proving));

    private Task<Result<Connection>> CreateAsync(NewConnection wanted) => workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(wanted, Cancel));

    private async Task<Connection> ShellAsync() => (await CreateAsync(Shell())).Granted();

    private Task<Result<Connection>> UpdateAsync(int id, ConnectionChange change) => workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.UpdateAsync(id, change, Cancel));

    private Task<Result<Proof>> TestAsync(int id) => workspace.AskAsync<ConnectionService, Result<Proof>>(s => s.TestAsync(id, Cancel));

    private Task<Result<bool>> DisconnectAsync(int id, bool force = false) => workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DisconnectAsync(id, force, Cancel));

    private Task<Result<bool>> DeleteAsync(int id) => workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DeleteAsync(id, Cancel));

    private Task<int> CountAsync() => workspace.DbAsync(db => db.Connections.CountAsync(Cancel));

    // In a project of its own, because only a folder that is no project can be deleted as one.
    private async Task<Folder> FolderAsync()
    {
        var project = (await workspace.AskAsync<ProjectService, Result<Folder>>(s => s.CreateAsync($"P {Guid.NewGuid()}", null, Cancel))).Granted();
        return (await workspace.AskAsync<ProjectService, Result<Folder>>(s => s.CreateAsync("F", project.Id, Cancel))).Granted();
    }

    private async Task<Connection> AlteredAsync()
    {
        var made = (await CreateAsync("right")).Granted();
        var altered = (await workspace.RowAsync(made.Id))!.SealedSecrets!;
        altered[^1] ^= 1;
        await workspace.DbAsync(db => db.Connections.Where(c => c.Id == made.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedSecrets, altered), Cancel));
        return made;
    }
}

public sealed class ConnectionServiceOnSqlite(SqliteWorkspace workspace) : ConnectionServiceTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class ConnectionServiceOnPostgres(PostgresWorkspace workspace) : ConnectionServiceTests(workspace), IClassFixture<PostgresWorkspace>;
