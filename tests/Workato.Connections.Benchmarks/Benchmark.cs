using Workato.Connections.Benchmarks.Loads;
using Workato.Connections.Benchmarks.Servers;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Benchmarks;

/// <summary>
/// One run: product, floors, upstream and a PostgreSQL, each a process of its own on this machine; every scenario on the
/// product and on its floor in turns, so that whatever else the machine does meets both.
/// </summary>
internal sealed class Benchmark(Options options)
{
    public async Task RunAsync()
    {
        await using var cluster = new PostgresCluster();
        using var installation = await Installation.MakeAsync(options.Product);
        var report = new Report(Console.Out);

        Say("starting the servers and putting rows into the databases");
        var (database, floorDatabase) = (await cluster.CreateDatabaseAsync(), await cluster.CreateDatabaseAsync());
        await installation.MigrateAsync(floorDatabase);
        using var upstream = await ServerProcess.StartFloorAsync("upstream");
        using var plain = await ServerProcess.StartFloorAsync("json");
        using var rows = await ServerProcess.StartFloorAsync("rows", floorDatabase, upstream.Address.AbsoluteUri);
        using var forward = await ServerProcess.StartFloorAsync("forward", upstream.Address.AbsoluteUri);
        using var product = await installation.StartAsync(database);
        await SeededRows.AddAsync(database);
        await SeededRows.AddAsync(floorDatabase);
        using var api = Installation.Client(product);

        var wrk = new Wrk(installation.Directory);
        report.Begin(options);
        foreach (var scenario in await Scenarios.AllAsync(api, product, upstream, plain, rows, forward))
        {
            if (!options.Wants(scenario.Name)) continue;
            Say(scenario.Name);
            report.Add(await scenario.MeasureAsync(wrk, options));
        }

        report.EndScenarios();
        report.Add(product.Memory());

        if (!options.Wants("start")) return;
        Say("start");
        report.BeginStarts();
        report.Add("PostgreSQL", await StartTimes.MeasureAsync(installation, cluster.CreateDatabaseAsync, options.Starts));
        report.Add("SQLite", await StartTimes.MeasureAsync(installation, () => Task.FromResult(""), options.Starts));
    }

    private static void Say(string what) => Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {what}");
}
