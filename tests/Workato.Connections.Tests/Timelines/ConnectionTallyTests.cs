using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Tests.Support;
using Workato.Connections.Timelines;

namespace Workato.Connections.Tests.Timelines;

/// <summary>What connections do by day, on whichever database.</summary>
public abstract class ConnectionTallyTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ConnectionTally Tally => workspace.Services.GetRequiredService<ConnectionTally>();

    [Fact]
    public async Task What_is_counted_on_several_nodes_is_summed_by_day()
    {
        var id = await ConnectionAsync();
        var other = workspace.StartNode().GetRequiredService<ConnectionTally>();
        Tally.CountCall(id);
        other.CountCall(id);
        other.CountRejection(id);
        await Tally.WriteAsync(Cancel);
        await other.WriteAsync(Cancel);
        Tally.CountRefresh(id);
        await Tally.WriteAsync(Cancel);

        var day = (await DaysAsync(id)).ShouldHaveSingleItem();
        (day.Calls, day.Rejections, day.Refreshes).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task A_new_day_is_a_new_sum()
    {
        var id = await ConnectionAsync();
        Tally.CountCall(id);
        workspace.Time.Advance(TimeSpan.FromDays(1));
        Tally.CountCall(id);
        await Tally.WriteAsync(Cancel);

        (await DaysAsync(id)).Select(d => d.Calls).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task What_could_not_be_written_is_written_the_next_time()
    {
        var id = await ConnectionAsync();
        Tally.CountCall(id);
        await Should.ThrowAsync<OperationCanceledException>(() => Tally.WriteAsync(new CancellationToken(canceled: true)));

        await Tally.WriteAsync(Cancel);

        (await DaysAsync(id)).ShouldHaveSingleItem().Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_is_gone_keeps_no_other_from_being_counted()
    {
        var id = await ConnectionAsync();
        Tally.CountCall(id + 1_000_000);
        Tally.CountCall(id);
        await Tally.WriteAsync(Cancel);

        (await DaysAsync(id)).ShouldHaveSingleItem();
    }

    private Task<List<ConnectionDay>> DaysAsync(int id) => workspace.DbAsync(db => db.ConnectionDays.AsNoTracking().Where(d => d.ConnectionId == id).OrderBy(d => d.Day).ToListAsync(Cancel));

    private async Task<int> ConnectionAsync() =>
        (await workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(new() { Name = "Counted", Provider = "test_desk", Proving = Proving.Skipped }, Cancel))).Granted().Id;
}

public sealed class ConnectionTallyOnSqlite(SqliteWorkspace workspace) : ConnectionTallyTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class ConnectionTallyOnPostgres(PostgresWorkspace workspace) : ConnectionTallyTests(workspace), IClassFixture<PostgresWorkspace>;
