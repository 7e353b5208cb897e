using System.Diagnostics;
using Workato.Connections.Benchmarks.Loads;
using Workato.Connections.Benchmarks.Servers;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Benchmarks.Jobs;

/// <summary>
/// Jobs a second of a recipe of one step, beside the same call through the same connection of the same server: what making,
/// claiming, running and writing down costs beyond the call itself.
/// </summary>
internal static class JobThroughput
{
    private const string Key = "X-Api-Key: a-key-of-ordinary-length-0123456789";

    public static async Task RunAsync(string product, bool isQuick)
    {
        var (count, rounds) = isQuick ? (500, 1) : (3_000, 3);
        await using var cluster = new PostgresCluster();
        using var installation = await Installation.MakeAsync(Path.GetFullPath(product));
        using var upstream = await ServerProcess.StartFloorAsync("upstream");
        using var server = await installation.StartAsync(await cluster.CreateDatabaseAsync());
        using var api = Installation.Client(server);
        var wrk = new Wrk(installation.Directory);
        Console.WriteLine("| one step | jobs/s | calls/s through the same connection | **ratio** | CPU µs/job | CPU µs/call |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach (var verb in new[] { "GET", "POST" })
        {
            var scene = new JobScene(api);
            await scene.StartAsync(
                new { name = "Measured", provider = "rest", input = new { base_uri = upstream.Address.AbsoluteUri, test_path = "me", auth_type = "headers", header_pair = Key } }, "rest",
                new { keyword = "action", provider = "rest", name = "__adhoc_http_action", @as = "ticket", input = new { verb, path = "/tickets/7", input = verb == "POST" ? """{"subject":"x"}""" : null } });
            var load = new Load(server, verb, [$"/api/connections/{scene.Connection}/call/tickets/7"]) { Authorization = api.DefaultRequestHeaders.Authorization!.ToString(), Body = verb == "POST" ? """{"subject":"x"}""" : null };
            await RunAsync(scene, server, count);
            await wrk.RunAsync(load, TimeSpan.FromSeconds(isQuick ? 1 : 8));
            var (jobs, calls) = (new List<(double PerSecond, double Computed)>(), new List<Outcome>());
            for (var i = 0; i < rounds; i++)
            {
                jobs.Add(await RunAsync(scene, server, count));
                calls.Add(await wrk.RunAsync(load, TimeSpan.FromSeconds(isQuick ? 1 : 5)));
            }

            var (job, call) = (jobs.OrderBy(j => j.PerSecond).ElementAt(rounds / 2), calls.OrderBy(c => c.PerSecond).ElementAt(rounds / 2));
            Console.WriteLine($"| {verb} | {job.PerSecond:#,0} | {call.PerSecond:#,0} | **{job.PerSecond / call.PerSecond:0.000}** | {job.Computed:#,0} | {call.Computed:#,0} |");
        }
    }

    // From the first event until the last job has ended; the events themselves cost, too.
    private static async Task<(double PerSecond, double Computed)> RunAsync(JobScene scene, ServerProcess server, int count)
    {
        var (before, _) = await scene.CountAsync();
        var (clock, computed) = (Stopwatch.StartNew(), server.Computed);
        await scene.TellAsync(count);
        while ((await scene.CountAsync()).Ended < before + count) await Task.Delay(20);
        return (count / clock.Elapsed.TotalSeconds, (server.Computed - computed).TotalMicroseconds / count);
    }
}
