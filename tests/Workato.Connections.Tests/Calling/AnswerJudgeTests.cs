using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Calling;
using Workato.Connections.Connectors;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Calling;

/// <summary>What a connection learns from calls through it, on whichever database.</summary>
public abstract class AnswerJudgeTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ConnectionSnapshots Snapshots => workspace.Services.GetRequiredService<ConnectionSnapshots>();

    private AnswerJudge Judge => workspace.Services.GetRequiredService<AnswerJudge>();

    [Fact]
    public async Task A_call_that_works_marks_an_untested_connection_as_working()
    {
        var id = await ConnectionAsync();

        await AnswerAsync(id, 200);

        var row = (await workspace.RowAsync(id))!;
        (row.Status, row.AuthorizedAt).ShouldBe((AuthorizationStatus.Success, workspace.Time.GetUtcNow()));
    }

    [Fact]
    public async Task A_rejection_marks_a_working_connection_as_lost()
    {
        var id = await ConnectionAsync();
        await AnswerAsync(id, 200);

        await AnswerAsync(id, 401);

        var row = (await workspace.RowAsync(id))!;
        (row.Status, row.LostAt).ShouldBe((AuthorizationStatus.Failed, workspace.Time.GetUtcNow()));
        row.LostReason.ShouldNotBeNull().ShouldStartWith("Test Desk did not accept the credentials (401 Unauthorized).");
    }

    [Fact]
    public async Task A_rejection_of_a_connection_that_never_worked_does_not_make_it_lost()
    {
        var id = await ConnectionAsync();

        await AnswerAsync(id, 401);

        var row = (await workspace.RowAsync(id))!;
        (row.Status, row.LostAt, row.LostReason).ShouldBe((AuthorizationStatus.Failed, null, null));
    }

    [Fact]
    public async Task A_second_rejection_keeps_the_time_of_the_first()
    {
        var id = await ConnectionAsync();
        await AnswerAsync(id, 200);
        await AnswerAsync(id, 401);
        var lost = (await workspace.RowAsync(id))!.LostAt;
        workspace.Time.Advance(TimeSpan.FromMinutes(1));

        await AnswerAsync(id, 401);

        (await workspace.RowAsync(id))!.LostAt.ShouldBe(lost);
    }

    [Fact]
    public async Task A_success_after_a_rejection_clears_the_mark()
    {
        var id = await ConnectionAsync();
        await AnswerAsync(id, 200);
        await AnswerAsync(id, 401);

        await AnswerAsync(id, 200);

        var row = (await workspace.RowAsync(id))!;
        (row.Status, row.Error, row.LostAt, row.LostReason).ShouldBe((AuthorizationStatus.Success, null, null, null));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Every_other_answer_says_nothing_about_the_connection(int status)
    {
        var id = await ConnectionAsync();
        await AnswerAsync(id, 200);
        var before = await workspace.RowAsync(id);

        await AnswerAsync(id, status);

        (await workspace.RowAsync(id)).ShouldBeEquivalentTo(before);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    public async Task An_answer_to_replaced_credentials_says_nothing_about_the_new_ones(int status)
    {
        var id = await ConnectionAsync();
        var seen = (await Snapshots.GetAsync(id)).Granted();
        await workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DisconnectAsync(id, force: false, Cancel));

        await Judge.JudgeAsync(seen, new((HttpStatusCode)status));

        (await workspace.RowAsync(id))!.Status.ShouldBeNull();
    }

    [Fact]
    public async Task A_snapshot_holds_the_credentials_ready_to_be_put_on()
    {
        var snapshot = (await Snapshots.GetAsync(await ConnectionAsync())).Granted();
        using var request = new HttpRequestMessage(HttpMethod.Get, snapshot.BaseUrl + "/things");

        snapshot.Credentials.PutOn(request);

        request.Headers.GetValues("X-Api-Key").ShouldBe(["k-1"]);
    }

    [Fact]
    public async Task A_snapshot_is_new_after_a_change_on_the_same_node()
    {
        var id = await ConnectionAsync();
        await Snapshots.GetAsync(id);

        await workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DisconnectAsync(id, force: false, Cancel));

        (await Snapshots.GetAsync(id)).Refused().Message.ShouldBe("The connection 'C' is not connected to Test Desk. Connect it first.");
    }

    [Fact]
    public async Task A_connection_that_is_not_there_is_not_found() => (await Snapshots.GetAsync(int.MaxValue)).Refused().Kind.ShouldBe(RefusalKind.NotFound);

    [Fact]
    public async Task A_connection_whose_connector_was_taken_away_says_so()
    {
        var node = workspace.StartNode(catalog: ConnectorCatalog.Load(null));

        (await node.GetRequiredService<ConnectionSnapshots>().GetAsync(await ConnectionAsync())).Refused().Message
            .ShouldBe("The connector 'test_desk' of this connection is not installed any more. Put its file back into Connectors__Directory.");
    }

    private async Task AnswerAsync(int id, int status) => await Judge.JudgeAsync((await Snapshots.GetAsync(id)).Granted(), new((HttpStatusCode)status));

    private async Task<int> ConnectionAsync()
    {
        var input = new Dictionary<string, string?> { ["auth_type"] = "api_key", ["url"] = "http://127.0.0.1:1", ["api_key"] = "k-1" };
        return (await workspace.AskAsync<ConnectionService, Result<Connection>>(s =>
            s.CreateAsync(new() { Name = "C", Provider = "test_desk", Input = input, Proving = Proving.Skipped }, Cancel))).Granted().Id;
    }
}

public sealed class AnswerJudgeOnSqlite(SqliteWorkspace workspace) : AnswerJudgeTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class AnswerJudgeOnPostgres(PostgresWorkspace workspace) : AnswerJudgeTests(workspace), IClassFixture<PostgresWorkspace>;
