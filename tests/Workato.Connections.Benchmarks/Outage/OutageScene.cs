using Npgsql;
using Workato.Connections.AuthMethods;
using Workato.Connections.Benchmarks.Jobs;
using Workato.Connections.Benchmarks.Refresh;
using Workato.Connections.Benchmarks.Servers;

namespace Workato.Connections.Benchmarks.Outage;

/// <summary>The connections to the app, half by API key and half by OAuth, a recipe that uses one of them, and how they are.</summary>
internal sealed class OutageScene(Installation installation, string database, Uri app, Uri gate) : IAsyncDisposable
{
    public const int Connections = 1_000;

    // Short enough that each is renewed at least once in the shortest outage.
    private const int TokenSeconds = 120;
    private const string Key = "sample-key-bot";

    private const string Look = """
        SELECT count(*), count(*) FILTER (WHERE status = 'Success' AND refresh_problem IS NULL AND incident_id IS NULL),
            count(*) FILTER (WHERE status = 'Failed' OR lost_at IS NOT NULL OR status IS NULL) FROM connections
        """;

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(database);

    /// <summary>All but the one that <see cref="StartRecipeAsync"/> makes. The app's refresh tokens are good for one time.</summary>
    public async Task<List<int>> MakeAsync()
    {
        using var provider = new Provider(app);
        using (var http = new HttpClient())
        using (var told = await http.PutAsJsonAsync(new Uri(app, "control/oauth2"), new { access_token_seconds = TokenSeconds })) told.EnsureSuccessStatusCode();
        var tokens = new List<Tokens>();
        while (tokens.Count < Connections / 2) tokens.Add(await provider.SignInAsync());
        await using var library = new Library(database, installation.Certificate, installation.Directory);
        var ids = new int[Connections - 1];
        await Parallel.ForAsync(0, ids.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            ids[i] = i % 2 == 0 ? await library.ConnectAsync(gate, tokens[i / 2]) : await library.ConnectWithKeyAsync(gate, Key));
        return [.. ids];
    }

    /// <summary>A recipe that runs, and its connection.</summary>
    public async Task<int> StartRecipeAsync(HttpClient api)
    {
        var recipe = new JobScene(api);
        await recipe.StartAsync(new { name = "Notes", provider = "sample_app", input = new { url = gate.AbsoluteUri.TrimEnd('/'), auth_type = "api_key", api_key = Key } }, "sample_app",
            new { keyword = "action", provider = "sample_app", name = "get_me", input = new { } });
        return recipe.Connection;
    }

    /// <summary>Calls through each of them once. Nothing is measured before all of them are known to work.</summary>
    public static async Task ProveAsync(HttpClient api, List<int> connections) => await Parallel.ForEachAsync(connections, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (id, cancel) =>
    {
        using var answer = await api.GetAsync(new Uri($"api/connections/{id}/call/{Gate.CallersPath}", UriKind.Relative), cancel);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"Connection {id} does not work to begin with: {await answer.Content.ReadAsStringAsync(cancel)}");
    });

    /// <summary>How they are, out of the database.</summary>
    public async Task<Standing> StandingAsync()
    {
        await using var command = source.CreateCommand(Look);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2));
    }

    /// <summary>How many lines of the time lines since then tell of something final.</summary>
    public Task<int> CountLossesAsync(DateTimeOffset since) => CountAsync("SELECT count(*) FROM connection_events WHERE at >= $1 AND kind IN ('lost', 'disconnected')", since);

    /// <summary>How many incidents began since then, told or not.</summary>
    public Task<int> CountIncidentsAsync(DateTimeOffset since) => CountAsync("SELECT count(*) FROM incidents WHERE opened_at >= $1", since);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<int> CountAsync(string query, DateTimeOffset since)
    {
        await using var command = source.CreateCommand(query);
        command.Parameters.Add(new() { Value = since });
        return (int)(long)(await command.ExecuteScalarAsync())!;
    }
}

/// <summary>How the connections are at one moment.</summary>
/// <param name="All">How many there are.</param>
/// <param name="Healthy">Work, and are part of no incident.</param>
/// <param name="Lost">Have to be connected again by a person.</param>
internal sealed record Standing(int All, int Healthy, int Lost);
