using System.Collections.Concurrent;
using Npgsql;
using Workato.Connections.Benchmarks.Servers;

namespace Workato.Connections.Benchmarks.Refresh;

/// <summary>The processes of the product that share one database, and what can be seen of them there.</summary>
internal sealed class NodeGroup(Installation installation, string database) : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    // The class of advisory locks by which nodes see each other; the lock's object is the number in a lease's name.
    private const string Holder = """
        SELECT coalesce((SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.classid = 1464028740 AND l.objid = split_part(c.refresh_holder, ':', 1)::bigint::oid LIMIT 1), 'gone')
        FROM connections c WHERE c.id = $1 AND c.refresh_holder IS NOT NULL
        """;

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(database + ";Maximum Pool Size=8");
    private readonly List<(ServerProcess Process, HttpClient Client)> nodes = [];
    private readonly ConcurrentDictionary<int, bool> lost = new();
    private readonly CancellationTokenSource ending = new();
    private Task watching = Task.CompletedTask;

    /// <summary>Which the disturbance is for.</summary>
    public ServerProcess Victim => nodes[0].Process;

    /// <summary>How it calls itself at the database.</summary>
    public static string VictimName => Name(0);

    public async Task StartAsync(int count)
    {
        nodes.AddRange(await Task.WhenAll(Enumerable.Range(0, count).Select(i => StartNodeAsync(i))));
        watching = WatchAsync();
    }

    /// <summary>What an operator's supervisor does when the only process died.</summary>
    public async Task ReplaceVictimAsync() => nodes[0] = await StartNodeAsync(nodes.Count);

    /// <summary>An API client of one of them, in turns.</summary>
    public HttpClient Client(int number) => nodes[number % nodes.Count].Client;

    /// <summary>Which process holds the lease on a connection: its name; "gone" where it is not there any more; null where nobody does.</summary>
    public async Task<string?> HolderAsync(int connection)
    {
        await using var command = source.CreateCommand(Holder);
        command.Parameters.Add(new() { Value = connection });
        return (string?)await command.ExecuteScalarAsync();
    }

    /// <summary>Whether the connection was marked lost at any time.</summary>
    public bool WasLost(int connection) => lost.ContainsKey(connection);

    public async Task<string> DescribeAsync(int connection)
    {
        await LookForLossesAsync();
        await using var command = source.CreateCommand("SELECT coalesce(status, 'none') || coalesce(': ' || error, '') FROM connections WHERE id = $1");
        command.Parameters.Add(new() { Value = connection });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
        foreach (var (process, client) in nodes)
        {
            client.Dispose();
            process.Dispose();
        }

        await source.DisposeAsync();
    }

    private static string Name(int number) => $"node-{number}";

    private async Task<(ServerProcess Process, HttpClient Client)> StartNodeAsync(int number)
    {
        var process = await installation.StartAsync($"{database};Maximum Pool Size=15;Application Name={Name(number)}");
        var client = Installation.Client(process);
        client.Timeout = TimeSpan.FromMinutes(4);
        return (process, client);
    }

    // A state that is put right a second later was false all the same.
    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(LookEvery);
        while (await timer.WaitForNextTickAsync(ending.Token)) await LookForLossesAsync();
    }

    private async Task LookForLossesAsync()
    {
        await using var command = source.CreateCommand("SELECT id FROM connections WHERE lost_at IS NOT NULL OR status = 'Failed'");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) lost[rows.GetInt32(0)] = true;
    }
}
