using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Workato.Connections.Data;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Refresh;

public sealed class RefreshOnSqlite(SqliteWorkspace workspace) : RefreshTests(workspace), IClassFixture<SqliteWorkspace>
{
    [Fact]
    public async Task Another_process_is_always_gone()
    {
        var made = await ConnectedAsync();
        await HoldAsync(made, 4242, Now.AddMinutes(-1));

        (await RenewAsync(made)).ShouldBeNull();

        App.Asked.Count.ShouldBe(1);
    }
}

public sealed class RefreshOnPostgres(PostgresWorkspace workspace) : RefreshTests(workspace), IClassFixture<PostgresWorkspace>
{
    [Fact]
    public async Task A_holder_that_is_still_there_is_waited_for_beyond_its_time()
    {
        var made = await ConnectedAsync();
        await HoldAsync(made, 4242, Now.AddMinutes(-1));
        var looks = new Looks();
        var node = Node(looks);

        await using var process = await ProcessAsync(4242);
        var waiting = RenewAsync(made, node);
        await looks.SeenAsync(2);
        App.Asked.ShouldBeEmpty();
        await process.CloseAsync();

        (await RunClockAsync(waiting)).ShouldBeNull();
        App.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_holder_that_is_there_and_never_goes_on_is_not_waited_for_for_ever()
    {
        var made = await ConnectedAsync();
        await HoldAsync(made, 4243, Now.AddMinutes(-6));

        await using var process = await ProcessAsync(4243);

        (await RenewAsync(made)).ShouldBeNull();
    }

    [Fact]
    public async Task A_node_that_listens_is_there_until_it_stops()
    {
        var node = Node();
        var number = node.GetRequiredService<NodeIdentity>().Number;
        var listener = node.GetServices<IHostedService>().OfType<PostgresChangeListener>().Single();
        (await Workspace.DbAsync(db => db.IsThereAsync(number, Cancel))).ShouldBeFalse();

        await listener.StartAsync(Cancel);

        await EventuallyAsync(() => Workspace.DbAsync(db => db.IsThereAsync(number, Cancel)));
        await listener.StopAsync(Cancel);
        await EventuallyAsync(async () => !await Workspace.DbAsync(db => db.IsThereAsync(number, Cancel)));
    }

    // As a process that listens: it holds a lock on its own number while it lives.
    private async Task<NpgsqlConnection> ProcessAsync(int number)
    {
        var address = await Workspace.DbAsync(db => Task.FromResult(db.Database.GetConnectionString()));
        var connection = new NpgsqlConnection(address + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({PostgresDbContext.NodeLocks}, {number})", connection);
        await command.ExecuteNonQueryAsync(Cancel);
        return connection;
    }
}
