using System.Diagnostics;
using Npgsql;
using Workato.Connections.Calling;

namespace Workato.Connections.Benchmarks.Refresh;

/// <summary>
/// A process that reads connections as every call through one does before anything is sent (<see cref="LiveConnections"/>),
/// and beside it asks the provider with a bare HttpClient, as many at once.
/// </summary>
internal static class RefreshReader
{
    private const int AtOnce = 128;

    public static async Task RunAsync(string[] args)
    {
        if (args is not [var database, var certificate, var directory, var provider, var warm]) throw new ArgumentException("Five are needed.", nameof(args));
        await using var library = new Library(database, certificate, directory);
        await library.StartAsync();
        var (ids, live) = (await IdsAsync(database), library.Services.GetRequiredService<LiveConnections>());
        var warmUp = int.Parse(warm, System.Globalization.CultureInfo.InvariantCulture);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(provider) };

        await MeasureAsync(ids[..warmUp], id => ReadAsync(live, id));
        await MeasureAsync(ids[..warmUp], _ => AskAsync(http));
        // In turns, so that whatever else the machine does meets both.
        var quarters = ids[warmUp..].Chunk((ids.Length - warmUp) / 4).ToArray();
        var (refreshed, asked) = (Rate.None, Rate.None);
        foreach (var quarter in quarters)
        {
            asked += await MeasureAsync(quarter, _ => AskAsync(http));
            refreshed += await MeasureAsync(quarter, id => ReadAsync(live, id));
        }

        Console.WriteLine("| expired connections | at once | refreshes/s | the provider's ceiling/s | **ratio** | CPU µs/refresh | CPU µs/request of the ceiling |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|--:|");
        Console.WriteLine($"| {refreshed.Count:#,0} | {AtOnce} | {refreshed.PerSecond:#,0} | {asked.PerSecond:#,0} | **{refreshed.PerSecond / asked.PerSecond:0.00}** | {refreshed.Computed.TotalMicroseconds / refreshed.Count:0} | {asked.Computed.TotalMicroseconds / asked.Count:0} |");
    }

    private static async Task ReadAsync(LiveConnections live, int id)
    {
        var found = await live.GetAsync(id, CancellationToken.None);
        // Two: the one it was made with and the one it has now.
        if (found.Value is not { CredentialVersion: 2 }) throw new InvalidOperationException(found.Refusal?.Message ?? "The connection was not refreshed once.");
    }

    private static async Task AskAsync(HttpClient http)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = $"srt_{Guid.NewGuid():N}", ["client_id"] = "sample-client", ["client_secret"] = "sample-client-secret" });
        using var answer = await http.PostAsync(new Uri("oauth2/token", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<Rate> MeasureAsync(int[] ids, Func<int, Task> work)
    {
        var (clock, computed) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (id, _) => await work(id));
        return new(ids.Length, clock.Elapsed, Environment.CpuUsage.TotalTime - computed);
    }

    private static async Task<int[]> IdsAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("SELECT array_agg(id ORDER BY id) FROM connections");
        return (int[])(await command.ExecuteScalarAsync())!;
    }

    private readonly record struct Rate(int Count, TimeSpan Took, TimeSpan Computed)
    {
        public static Rate None => default;

        public double PerSecond => Count / Took.TotalSeconds;

        public static Rate operator +(Rate a, Rate b) => new(a.Count + b.Count, a.Took + b.Took, a.Computed + b.Computed);
    }
}
