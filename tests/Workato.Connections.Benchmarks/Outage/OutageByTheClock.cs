using System.Diagnostics;
using System.Globalization;
using Workato.Connections.Benchmarks.Loads;
using Workato.Connections.Benchmarks.Servers;
using Workato.Connections.Tests.Support;
using static Workato.Connections.Benchmarks.Progress;

namespace Workato.Connections.Benchmarks.Outage;

/// <summary>
/// Two nodes on one PostgreSQL keep a thousand connections to one app and are called all the time. The app goes down, by the
/// clock on the wall: it answers 503, then nobody listens at its address any more. It comes back, and nobody touches anything.
/// </summary>
internal static class OutageByTheClock
{
    // Called in turns, evenly of both kinds; the others rest.
    private const int Called = 100;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    // An incident is over after five minutes without trouble, and then it is told.
    private static readonly TimeSpan UntilOver = TimeSpan.FromMinutes(8);

    public static async Task<bool> RunAsync(string product, bool isQuick)
    {
        var half = TimeSpan.FromMinutes(isQuick ? 1.5 : 5);
        await using var cluster = new PostgresCluster();
        using var installation = await Installation.MakeAsync(Path.GetFullPath(product));
        using var apps = await ServerProcess.StartFloorAsync("sample-apps", "1");
        using var http = new HttpClient();
        var app = new Uri((await http.GetFromJsonAsync<string[]>(apps.Address))!.Single() + "/");
        await using var gate = new Gate(app);
        await using var receiver = new Receiver();
        await gate.UpAsync();
        await receiver.UpAsync();
        var database = await cluster.CreateDatabaseAsync();
        await installation.MigrateAsync(database);
        await using var scene = new OutageScene(installation, database, app, gate.Address);
        Say("making connections");
        var ids = await scene.MakeAsync();

        using var one = await installation.StartAsync(database);
        using var other = await installation.StartAsync(database);
        using var api = Installation.Client(one);
        await receiver.ListenAsync(api, 1);
        ids.Add(await scene.StartRecipeAsync(api));
        await OutageScene.ProveAsync(api, ids);
        if (!await UntilAsync(async () => (await scene.StandingAsync()).Healthy == OutageScene.Connections, Patience)) throw new InvalidOperationException($"To begin with: {await scene.StandingAsync()}");

        await using var load = new CallLoad([.. ids.Take(Called)], Gate.CallersPath, Rest);
        load.Use(one, other);
        load.Start();
        await Task.Delay(TimeSpan.FromSeconds(5));
        if (load.Failures is [var early, ..]) throw new InvalidOperationException($"A call failed before the outage: {early}");
        await using var worst = new WorstStanding(scene);

        var findings = new Findings { Down = DateTimeOffset.UtcNow, Unavailable = half };
        gate.Forget();
        gate.IsUnavailable = true;
        Say("the app answers 503");
        await Task.Delay(half);
        (findings.Tests, findings.Renewals) = (gate.CountOf(Asking.Test), gate.CountOf(Asking.ForTokens));
        await gate.DownAsync();
        Say("nobody listens there");
        await Task.Delay(half);
        var concerned = await scene.StandingAsync();

        gate.IsUnavailable = false;
        await gate.UpAsync();
        var (clock, back) = (Stopwatch.StartNew(), DateTimeOffset.UtcNow);
        Say($"the app is back, and {OutageScene.Connections - concerned.Healthy} connections are not healthy");
        if (await UntilAsync(async () => (await scene.StandingAsync()).Healthy == OutageScene.Connections, Patience)) findings.HealthyAfter = clock.Elapsed;
        var healthy = DateTimeOffset.UtcNow;
        Say($"{(await scene.StandingAsync()).Healthy} are healthy; waiting for the end of the incident to be told");
        await UntilAsync(() => receiver.Taken.Count >= 2, UntilOver);
        // What would come too much has a while to come.
        await Task.Delay(TimeSpan.FromSeconds(15));

        findings.Calls = load.Calls;
        findings.FailedCalls = [.. load.Failures];
        (findings.Back, findings.Healthy) = (back, healthy);
        findings.Notices = [.. receiver.Taken];
        findings.Forged = receiver.Forged;
        (findings.Incidents, findings.Losses) = (await scene.CountIncidentsAsync(findings.Down), await scene.CountLossesAsync(findings.Down));
        findings.MostLost = worst.Lost;
        findings.Faults = [.. new[] { one, other }.SelectMany(node => NodeLog.Faults(node.Output))];
        return findings.Tell(string.Create(CultureInfo.InvariantCulture, $"{half.TotalMinutes * 2:0.#} minutes"));
    }
}
