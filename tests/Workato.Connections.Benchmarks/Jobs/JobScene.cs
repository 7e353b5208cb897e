using System.Globalization;
using System.Text.Json;

namespace Workato.Connections.Benchmarks.Jobs;

/// <summary>A recipe that a webhook starts, and its jobs, as a script sees them.</summary>
internal sealed class JobScene(HttpClient api)
{
    private const string Code = """
        {"keyword":"trigger","provider":"workato_webhooks","name":"new_event","as":"event","input":{},"block":[STEPS]}
        """;

    private string webhook = "";

    /// <summary>The recipe.</summary>
    public int Recipe { get; private set; }

    /// <summary>The connection of its steps.</summary>
    public int Connection { get; private set; }

    /// <summary>Makes the connection and the recipe, and starts it.</summary>
    public async Task StartAsync(object connection, string provider, params object[] steps)
    {
        Connection = (await SendAsync("POST", "api/connections", connection)).GetProperty("id").GetInt32();
        Recipe = (await SendAsync("POST", "api/recipes", new
        {
            name = "Measured",
            code = Code.Replace("STEPS", string.Join(',', steps.Select(s => JsonSerializer.Serialize(s))), StringComparison.Ordinal),
            config = JsonSerializer.Serialize(new[] { new { keyword = "application", provider, account_id = Connection } }),
        })).GetProperty("id").GetInt32();
        var started = await SendAsync("PUT", At("start"), new { });
        if (!started.GetProperty("success").GetBoolean()) throw new InvalidOperationException($"The recipe does not start: {started}");
        webhook = new Uri((await SendAsync("GET", At(""), null)).GetProperty("webhook_url").GetString()!).AbsolutePath;
    }

    /// <summary>Tells the recipe of events, by many at a time.</summary>
    public Task TellAsync(int count) => Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) => await SendAsync("POST", webhook.TrimStart('/'), new { number = i }));

    /// <summary>How many jobs there are, and how many of them have ended.</summary>
    public async Task<(int All, int Ended)> CountAsync()
    {
        var counts = await SendAsync("GET", At("jobs"), null);
        return (counts.GetProperty("job_count").GetInt32(), counts.GetProperty("job_succeeded_count").GetInt32() + counts.GetProperty("job_failed_count").GetInt32());
    }

    /// <summary>All jobs with their steps.</summary>
    public async Task<List<JsonElement>> JobsAsync()
    {
        var found = new List<JsonElement>();
        for (var offset = ""; ;)
        {
            var page = (await SendAsync("GET", At("jobs") + offset, null)).GetProperty("items").EnumerateArray().ToList();
            if (page.Count == 0) return found;
            foreach (var job in page) found.Add(await SendAsync("GET", At($"jobs/{job.GetProperty("id").GetString()}"), null));
            offset = $"?offset_job_id={page[^1].GetProperty("id").GetString()}";
        }
    }

    private string At(string path) => string.Create(CultureInfo.InvariantCulture, $"api/recipes/{Recipe}/{path}").TrimEnd('/');

    private async Task<JsonElement> SendAsync(string method, string path, object? body)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await api.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(text) : throw new InvalidOperationException($"{method} {path}: {answer.StatusCode} {text}");
    }
}
