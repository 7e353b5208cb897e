using System.Diagnostics;
using System.Globalization;
using Workato.Connections.Benchmarks.Loads;
using Workato.Connections.Benchmarks.Servers;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;
using static Workato.Connections.Benchmarks.Progress;

namespace Workato.Connections.Benchmarks.Rotation;

/// <summary>
/// Two nodes on one PostgreSQL are called all the time. The data keys are rotated, and the node that works on it is killed in
/// the middle; then the certificate is, by restarting the nodes one by one. What was answered, and what is left, is told.
/// </summary>
internal static class RotationUnderLoad
{
    private const string Path = "KeyEncryption__CertificatePath";
    private const string OtherPath = "KeyEncryption__OtherCertificatePath";

    public static async Task<bool> RunAsync(string product)
    {
        await using var cluster = new PostgresCluster();
        using var installation = await Installation.MakeAsync(System.IO.Path.GetFullPath(product));
        using var app = await ServerProcess.StartFloorAsync("short-tokens");
        var database = await cluster.CreateDatabaseAsync();
        await installation.MigrateAsync(database);
        await using var scene = new RotationScene(installation, database, app.Address);
        Say("making connections");
        var ids = await scene.MakeAsync();

        var (old, coming) = (installation.Certificate, await installation.MakeCertificateAsync("coming.pfx"));
        var nodes = new[] { await StartAsync(0), await StartAsync(1) };
        long calls, repeated;
        Guid key;
        TimeSpan resumed;
        IReadOnlyList<CallFailure> failures;
        await using (var load = new CallLoad(ids))
        {
            load.Use(nodes);
            load.Start();
            await Task.Delay(TimeSpan.FromSeconds(5));

            Say("rotating the data keys");
            using (var api = Installation.Client(nodes[0])) key = Guid.Parse((await RotationScene.StartAsync(api, "data_keys")).GetProperty("target").GetString()!);
            while ((await scene.ProgressAsync()).Done < RotationScene.Resting / 10) await Task.Delay(5);
            var victim = await scene.WorkerAsync() == "node-0" ? 0 : 1;
            nodes[victim].Kill();
            var clock = Stopwatch.StartNew();
            load.Use(nodes[1 - victim]);
            var (done, total, ended) = await scene.ProgressAsync();
            Say(string.Create(CultureInfo.InvariantCulture, $"killed the node that worked, at {done} of {total}"));
            if (ended || done >= total) throw new InvalidOperationException("It was killed too late: nothing is shown by that.");
            while ((await scene.ProgressAsync()).Done == done) await Task.Delay(50);
            resumed = clock.Elapsed;
            Say("resumed by the other node");
            nodes[victim].Dispose();
            nodes[victim] = await StartAsync(victim);
            load.Use(nodes);
            await scene.FinishAsync();
            Say("the rotation of the data keys has ended");

            await RestartAsync((Path, old), (OtherPath, coming));
            await RestartAsync((Path, coming), (OtherPath, old));
            Say("rotating the certificate");
            using (var api = Installation.Client(nodes[1])) await RotationScene.StartAsync(api, "certificate");
            await scene.FinishAsync();
            await RestartAsync((Path, coming));
            await Task.Delay(TimeSpan.FromSeconds(5));
            (calls, repeated, failures) = (load.Calls, load.Repeated, load.Failures);

            // One after the other; calls go to the one that is up.
            async Task RestartAsync(params (string, string)[] settings)
            {
                for (var i = 0; i < nodes.Length; i++)
                {
                    await load.DrainToAsync(nodes[1 - i]);
                    await nodes[i].StopAsync();
                    nodes[i].Dispose();
                    nodes[i] = await StartAsync(i, settings);
                    load.Use(nodes);
                }

                Say("restarted both nodes with " + string.Join(", ", settings.Select(s => $"{s.Item1}={System.IO.Path.GetFileName(s.Item2)}")));
            }
        }

        using var certificate = KeyEncryptionCertificate.Load(coming, null);
        var (left, foreign) = (await scene.CountOthersAsync(key), (await scene.WrappedByAsync()).Count(by => by != certificate.Thumbprint));
        foreach (var node in nodes) node.Dispose();
        var before = await installation.TryAsync(database, "migrate", (Path, old));
        var after = await installation.TryAsync(database, "verify", (Path, coming));
        Console.WriteLine("| calls | failed | cut off by the kill and answered by the other node | resumed after the kill | secrets under an old key | keys under the old certificate | start with the old certificate | verify with the new one |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|---|---|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {calls:#,0} | {failures.Count} | {repeated} | {resumed.TotalSeconds:0} s | {left} | {foreign} | {(before.Code == 1 && before.Output.Contains("another certificate", StringComparison.Ordinal) ? "refused" : "not refused")} | {after.Output.Trim().Split('\n')[^1].Trim()} |"));
        foreach (var failure in failures.GroupBy(f => f.What).Take(20)) Console.WriteLine($"- {failure.Count()} times: {failure.Key}");
        return failures.Count == 0 && left == 0 && foreign == 0 && before.Code == 1 && after.Code == 0;

        Task<ServerProcess> StartAsync(int number, params (string, string)[] settings) => installation.StartAsync($"{database};Application Name=node-{number}", "data", settings);
    }
}
