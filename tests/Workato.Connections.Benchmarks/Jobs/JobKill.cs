using System.Text.Json;
using Workato.Connections.Benchmarks.Servers;
using Workato.Connections.Tests.Support;
using static Workato.Connections.Benchmarks.Progress;

namespace Workato.Connections.Benchmarks.Jobs;

/// <summary>
/// Two nodes on one PostgreSQL run jobs that write two notes each at an app that takes its time. One node is killed in the
/// middle. What the jobs say is then held against what the app has.
/// </summary>
internal static class JobKill
{
    private const int Count = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task<bool> RunAsync(string product)
    {
        await using var cluster = new PostgresCluster();
        using var installation = await Installation.MakeAsync(Path.GetFullPath(product));
        using var apps = await ServerProcess.StartFloorAsync("sample-apps", "1");
        using var http = new HttpClient();
        var app = (await http.GetFromJsonAsync<string[]>(apps.Address))!.Single();
        var database = await cluster.CreateDatabaseAsync();
        using var stays = await installation.StartAsync(database);
        using var dies = await installation.StartAsync(database);
        using var api = Installation.Client(stays);
        var scene = new JobScene(api);
        await scene.StartAsync(
            new { name = "Notes", provider = "sample_app", input = new { url = app, auth_type = "api_key", api_key = "sample-key-bot" } }, "sample_app",
            Note("first {{ event.number }}"), Note("second {{ event.number }}"));
        await MisbehaveAsync(http, app, "slow");

        Say($"telling {Count} events");
        await scene.TellAsync(Count);
        while ((await scene.CountAsync()).Ended < Count / 10) await Task.Delay(50);
        dies.Kill();
        Say($"killed a node when {(await scene.CountAsync()).Ended} jobs had ended");
        for (var until = DateTime.UtcNow + Patience; (await scene.CountAsync()).Ended < Count && DateTime.UtcNow < until;) await Task.Delay(500);
        await MisbehaveAsync(http, app, "ok");

        var notes = await NotesAsync(http, app);
        return Judge(await scene.JobsAsync(), notes);
    }

    private static bool Judge(List<JsonElement> jobs, List<string> notes)
    {
        var faults = new List<string>();
        if (jobs.Count != Count) faults.Add($"{jobs.Count} jobs instead of {Count}");
        var unknown = 0;
        foreach (var job in jobs)
        {
            var (id, status) = (job.GetProperty("id").GetString(), job.GetProperty("status").GetString());
            var number = job.GetProperty("trigger").GetProperty("number").GetInt32();
            var said = job.GetProperty("error_kind").ValueKind == JsonValueKind.String ? job.GetProperty("error_kind").GetString() : null;
            if (status is not ("succeeded" or "failed")) faults.Add($"{id} has not ended");
            if (status == "failed" && said != "outcome_unknown") faults.Add($"{id} failed: {job.GetProperty("error").GetString()}");
            if (said == "outcome_unknown") unknown++;
            foreach (var text in new[] { $"first {number}", $"second {number}" })
            {
                var written = notes.Count(n => n == text);
                if (written > 1) faults.Add($"{id} wrote '{text}' {written} times");
                if (written == 0 && status == "succeeded") faults.Add($"{id} succeeded and '{text}' is not there");
            }
        }

        Console.WriteLine("| jobs | succeeded | outcome unknown, and said so | notes at the app | notes written twice | faults |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|");
        Console.WriteLine($"| {jobs.Count} | {jobs.Count(j => j.GetProperty("status").GetString() == "succeeded")} | {unknown} | {notes.Count} | {notes.GroupBy(n => n).Count(g => g.Count() > 1)} | {faults.Count} |");
        foreach (var fault in faults.Take(20)) Console.WriteLine($"- {fault}");
        if (unknown == 0) Console.WriteLine("No request was on its way when the node was killed: run it again to see one.");
        return faults.Count == 0;
    }

    private static object Note(string text) => new { keyword = "action", provider = "sample_app", name = "create_note", input = new { text } };

    private static async Task MisbehaveAsync(HttpClient http, string app, string mode)
    {
        using var answer = await http.PutAsJsonAsync(new Uri($"{app}/control"), new { mode, delay_ms = 200 });
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"The sample app was not told: {await answer.Content.ReadAsStringAsync()}");
    }

    private static async Task<List<string>> NotesAsync(HttpClient http, string app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{app}/api/notes"));
        request.Headers.Add("X-Api-Key", "sample-key-bot");
        using var answer = await http.SendAsync(request);
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().Select(n => n.GetProperty("text").GetString()!)];
    }
}
