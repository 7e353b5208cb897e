using System.Diagnostics;
using System.Globalization;

namespace Workato.Connections.Benchmarks.Loads;

/// <summary>Puts a load on a server with wrk: 16 connections, each asking again as soon as it was answered.</summary>
internal sealed class Wrk(string directory)
{
    public const int Connections = 16;

    // wrk tells its summary to the script; its own table is for people.
    private const string Done = """
        function done(summary, latency)
          local errors = summary.errors
          print(string.format("outcome %d %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
            errors.status, errors.connect + errors.read + errors.write + errors.timeout))
        end
        """;

    /// <exception cref="InvalidOperationException">A request was not answered well: the figures would tell about something else.</exception>
    public async Task<Outcome> RunAsync(Load load, TimeSpan duration)
    {
        var script = Path.Combine(directory, "load.lua");
        await File.WriteAllTextAsync(script, Script(load));
        var computed = load.Server.Computed;
        var output = await RunAsync("-t1", $"-c{Connections}", $"-d{(int)duration.TotalSeconds}s", "--timeout", "10s", "--latency", "-s", script, load.Server.Address.AbsoluteUri);
        computed = load.Server.Computed - computed;

        var outcome = output.Split('\n').Single(line => line.StartsWith("outcome ", StringComparison.Ordinal));
        if (outcome.Split(' ')[1..].Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToArray() is not [var requests, var micros, var p50, var p99, 0, 0])
            throw new InvalidOperationException($"Not every request to {load.Method} {load.Paths[0]} was answered well:\n{output}");
        return new(requests * 1e6 / micros, p50 / 1e3, p99 / 1e3, computed.TotalMicroseconds / requests);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"wrk ended with {process.ExitCode}: {output}");
    }

    private static string Script(Load load)
    {
        var lines = new List<string> { $"wrk.method = \"{load.Method}\"" };
        if (load.Authorization is { } authorization) lines.Add($"wrk.headers[\"Authorization\"] = \"{authorization}\"");
        if (load.Body is { } body) lines.AddRange(["wrk.headers[\"Content-Type\"] = \"application/json\"", $"wrk.body = [==[{body}]==]"]);
        lines.AddRange(load.Paths is [var only] ? [$"wrk.path = \"{only}\""] : InTurns(load.Paths));
        return string.Join('\n', [.. lines, Done]);
    }

    // Made beforehand, so that the load itself costs next to nothing.
    private static string[] InTurns(IReadOnlyList<string> paths) =>
    [
        "local requests, last = {}, 0",
        $"function init() for i, path in ipairs({{ {string.Join(", ", paths.Select(p => $"\"{p}\""))} }}) do requests[i] = wrk.format(nil, path) end end",
        "function request() last = last % #requests + 1; return requests[last] end",
    ];
}
