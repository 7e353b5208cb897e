using Workato.Connections.Benchmarks.Servers;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Benchmarks.Refresh;

/// <summary>The refresh matrix: real processes on one PostgreSQL, a provider that revokes the permission when a refresh token comes twice.</summary>
internal sealed class Matrix(MatrixOptions options)
{
    private static readonly int[] ProcessCounts = [1, 2, 4];

    /// <summary>Prints the table; true where every cell is as required.</summary>
    public async Task<bool> RunAsync()
    {
        await using var cluster = new PostgresCluster();
        using var installation = await Installation.MakeAsync(options.Product);
        var report = new MatrixReport(Console.Out);
        report.Begin();
        foreach (var disturbance in options.Disturbances)
        {
            Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {disturbance}");
            var parts = ProcessCounts.Select(processes => RunAsync(cluster, installation, disturbance, processes));
            foreach (var outcome in (await Task.WhenAll(parts)).SelectMany(o => o)) report.Add(outcome);
        }

        return report.End();
    }

    private async Task<IReadOnlyList<CellOutcome>> RunAsync(PostgresCluster cluster, Installation installation, Disturbance disturbance, int processes)
    {
        // Only where somebody is killed does it matter what the provider had done by then.
        bool[] moments = disturbance == Disturbance.Kill ? [true, false] : [true];
        var settings = moments.SelectMany(first => options.Delays.Select(delay => new Setting(processes, delay, disturbance, first))).ToArray();
        // One more for warming up, whose count is nobody's.
        using var apps = await ServerProcess.StartFloorAsync("sample-apps", $"{settings.Length + 1}");
        using var http = new HttpClient();
        var providers = (await http.GetFromJsonAsync<string[]>(apps.Address))!.Select(address => new Provider(new(address))).ToArray();
        try
        {
            return await new MatrixPart(installation, await cluster.CreateDatabaseAsync(), disturbance, processes).RunAsync(settings, providers);
        }
        finally
        {
            foreach (var provider in providers) provider.Dispose();
        }
    }
}
