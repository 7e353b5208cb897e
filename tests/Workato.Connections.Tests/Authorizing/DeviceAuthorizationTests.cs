using Microsoft.EntityFrameworkCore;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing;

/// <summary>Connecting by a code a person enters elsewhere, on whichever database.</summary>
public abstract class DeviceAuthorizationTests(Workspace workspace) : TokenScene(workspace)
{
    [Fact]
    public async Task Who_has_agreed_is_connected_by_the_next_question()
    {
        var id = await CodeAsync();

        (await PollAsync(id, Cancel)).Granted().State.ShouldBe("done");

        (await TokenAsync(await RowAsync(id))).ShouldBe("at-1");
    }

    [Fact]
    public async Task Until_then_somebody_is_waited_for()
    {
        var id = await CodeAsync();
        App.Instead = IssuingApp.Refuses("authorization_pending");

        (await PollAsync(id, Cancel)).Granted().State.ShouldBe("waiting");
    }

    // The app issues the tokens once: who asked may have gone by then, the tokens may not.
    [Fact]
    public async Task Tokens_are_kept_though_whoever_asked_has_gone()
    {
        var id = await CodeAsync();
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;
        using var gone = new CancellationTokenSource();

        var asking = PollAsync(id, gone.Token);
        await gate.Reached;
        await gone.CancelAsync();
        gate.Open();

        (await asking).Granted().State.ShouldBe("done");
        (await TokenAsync(await RowAsync(id))).ShouldBe("at-1");
    }

    private Task<Result<DeviceState>> PollAsync(int id, CancellationToken cancel) => Workspace.AskAsync<DeviceAuthorization, Result<DeviceState>>(d => d.PollAsync(id, cancel));

    private Task<Connection> RowAsync(int id) => Workspace.DbAsync(db => db.Connections.AsNoTracking().SingleAsync(c => c.Id == id, Cancel));

    /// <summary>A connection that waits for a person to enter a code.</summary>
    private async Task<int> CodeAsync()
    {
        App.Api = TestApp.Says(200, """{"device_code":"dc-1","user_code":"ABCD","verification_uri":"https://suite.example/device","expires_in":600,"interval":5}""");
        var made = (await Workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(
            new() { Name = "Suite", Provider = TestSuite.Provider, Input = Input(), Proving = Proving.Skipped }, Cancel))).Granted();
        (await Workspace.AskAsync<DeviceAuthorization, Result<DeviceCode>>(d => d.BeginAsync(made.Id, Cancel))).Granted().UserCode.ShouldBe("ABCD");
        return made.Id;
    }
}

public sealed class DeviceAuthorizationOnSqlite(SqliteWorkspace workspace) : DeviceAuthorizationTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class DeviceAuthorizationOnPostgres(PostgresWorkspace workspace) : DeviceAuthorizationTests(workspace), IClassFixture<PostgresWorkspace>;
