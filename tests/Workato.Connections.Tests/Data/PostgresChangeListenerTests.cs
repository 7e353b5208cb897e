using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Workato.Connections.Authorizing.Refresh;
using Workato.Connections.Calling;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Data;

/// <summary>Two nodes on one PostgreSQL.</summary>
public sealed class PostgresChangeListenerTests(PostgresWorkspace workspace) : IClassFixture<PostgresWorkspace>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_made_on_one_node_empties_the_snapshot_of_another()
    {
        var other = await ListeningNodeAsync();
        var id = await ConnectionAsync();
        (await SnapshotAsync(other, id)).Refusal.ShouldBeNull();

        var heard = Heard(other, "connections", id);
        await workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DisconnectAsync(id, force: false, Cancel));
        await heard;

        (await SnapshotAsync(other, id)).Refused().Kind.ShouldBe(RefusalKind.NotConnected);
    }

    [Fact]
    public async Task A_change_made_past_the_product_is_heard_too()
    {
        var other = await ListeningNodeAsync();
        var id = await ConnectionAsync();

        var heard = Heard(other, "connections", id);
        await workspace.DbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE connections SET sealed_secrets = NULL WHERE id = {id}", Cancel));

        await Should.NotThrowAsync(() => heard);
    }

    [Fact]
    public async Task A_deleted_API_client_is_heard_of_on_other_nodes()
    {
        var other = await ListeningNodeAsync();
        var made = await workspace.AskAsync<ApiClients, Result<(ApiClient Client, Secret Token)>>(c => c.CreateAsync("heard of", Cancel));

        var heard = Heard(other, "api_clients", made.Value.Client.Id);
        await workspace.AskAsync<ApiClients, Result<bool>>(c => c.DeleteAsync(made.Value.Client.Id, Cancel));

        await Should.NotThrowAsync(() => heard);
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_is_not_heard()
    {
        var other = await ListeningNodeAsync();
        var (undone, done) = (await ConnectionAsync(), await ConnectionAsync());
        var heard = new List<int>();
        other.GetRequiredService<ChangeFeed>().RowChanged += (_, id) => heard.Add(id);

        await workspace.DbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            return await db.Connections.Where(c => c.Id == undone).ExecuteDeleteAsync(Cancel);
        });
        // Notices arrive in the order of commits: after this one the other would have been there.
        var last = Heard(other, "connections", done);
        await workspace.DbAsync(db => db.Connections.Where(c => c.Id == done).ExecuteDeleteAsync(Cancel));
        await last;

        heard.ShouldNotContain(undone);
    }

    [Fact]
    public async Task A_lease_that_is_taken_or_moved_on_is_not_heard_but_what_comes_of_it_is()
    {
        var other = await ListeningNodeAsync();
        var (leased, ended) = (await ConnectionAsync(), await ConnectionAsync());
        var heard = new List<int>();
        other.GetRequiredService<ChangeFeed>().RowChanged += (_, id) => heard.Add(id);
        var now = workspace.Time.GetUtcNow();

        foreach (var id in new[] { leased, ended })
        {
            await workspace.DbAsync(async db =>
            {
                (await db.TakeFreeAsync(id, 1, "1:test", now, Cancel)).ShouldNotBeNull();
                await db.KeepAsync(id, "1:test", now.AddSeconds(5), Cancel);
                return true;
            });
        }

        var last = Heard(other, "connections", ended);
        await workspace.DbAsync(async db => await db.LoseAsync((await workspace.RowAsync(ended))!, new(Causes.TokenRevoked, "gone", null), now));
        await last;

        heard.ShouldBe([ended]);
    }

    [Fact]
    public async Task When_the_listening_connection_breaks_everything_remembered_is_read_again()
    {
        var other = await ListeningNodeAsync();
        var lost = new TaskCompletionSource();
        other.GetRequiredService<ChangeFeed>().Lost += () => lost.TrySetResult();

        NpgsqlConnection.ClearAllPools();
        await workspace.DbAsync(db => db.Database.ExecuteSqlAsync(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'", Cancel));

        await Should.NotThrowAsync(() => lost.Task.WaitAsync(Patience, Cancel));
    }

    [Fact]
    public async Task After_a_break_the_listener_listens_again()
    {
        var other = await ListeningNodeAsync();
        var id = await ConnectionAsync();
        var lost = Lost(other);
        await workspace.DbAsync(db => db.Database.ExecuteSqlAsync(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'", Cancel));
        await lost;

        // It waits a second by the fake clock before it tries again, and says once more that it may have missed something.
        var back = Lost(other);
        while (!back.IsCompleted)
        {
            workspace.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var heard = Heard(other, "connections", id);
        await workspace.DbAsync(db => db.Connections.Where(c => c.Id == id).ExecuteDeleteAsync(Cancel));
        await Should.NotThrowAsync(() => heard);
    }

    private static Task Heard(IServiceProvider node, string table, int id)
    {
        var heard = new TaskCompletionSource();
        node.GetRequiredService<ChangeFeed>().RowChanged += (t, i) =>
        {
            if ((t, i) == (table, id)) heard.TrySetResult();
        };
        return heard.Task.WaitAsync(Patience, Cancel);
    }

    private static Task Lost(IServiceProvider node)
    {
        var lost = new TaskCompletionSource();
        node.GetRequiredService<ChangeFeed>().Lost += () => lost.TrySetResult();
        return lost.Task.WaitAsync(Patience, Cancel);
    }

    private static ValueTask<Result<ConnectionSnapshot>> SnapshotAsync(IServiceProvider node, int id) => node.GetRequiredService<ConnectionSnapshots>().GetAsync(id);

    private async Task<IServiceProvider> ListeningNodeAsync()
    {
        var node = workspace.StartNode();
        node.GetRequiredService<ConnectionSnapshots>();
        var listening = Lost(node);
        await node.GetServices<IHostedService>().OfType<PostgresChangeListener>().Single().StartAsync(Cancel);
        await listening;
        return node;
    }

    private async Task<int> ConnectionAsync()
    {
        var input = new Dictionary<string, string?> { ["auth_type"] = "api_key", ["url"] = "http://127.0.0.1:1", ["api_key"] = "k-1" };
        return (await workspace.AskAsync<ConnectionService, Result<Connection>>(s =>
            s.CreateAsync(new() { Name = "C", Provider = "test_desk", Input = input, Proving = Proving.Skipped }, Cancel))).Granted().Id;
    }
}
