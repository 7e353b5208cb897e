using Workato.Connections.Benchmarks.Loads;
using Workato.Connections.Benchmarks.Servers;

namespace Workato.Connections.Benchmarks;

/// <summary>The figures as Markdown. A ratio of 1 is as good as the floor; more is better, for p99 too.</summary>
internal sealed class Report(TextWriter writer)
{
    public void Begin(Options options)
    {
        writer.WriteLine($"{Environment.ProcessorCount} cores shared by product or floor, upstream, PostgreSQL and wrk; {Wrk.Connections} connections; "
            + $"medians of {options.Rounds} runs of {options.Run.TotalSeconds:0} s in turns. Ratio: floor = 1, more is better.");
        writer.WriteLine();
        writer.WriteLine("| scenario | floor | req/s | floor req/s | **ratio** | p50 ms | floor p50 | p99 ms | floor p99 | **ratio p99** | CPU µs/req | floor CPU |");
        writer.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    }

    public void Add(Comparison c) => writer.WriteLine(
        $"| {c.Scenario.Name} | {c.Scenario.Floor} | {c.Product.PerSecond:#,0} | {c.Floor.PerSecond:#,0} | **{c.Product.PerSecond / c.Floor.PerSecond:0.00}** "
        + $"| {c.Product.P50:0.00} | {c.Floor.P50:0.00} | {c.Product.P99:0.00} | {c.Floor.P99:0.00} | **{c.Floor.P99 / c.Product.P99:0.00}** "
        + $"| {c.Product.Computed:0} | {c.Floor.Computed:0} |");

    public void EndScenarios() => writer.WriteLine();

    public void Add(Memory memory)
    {
        writer.WriteLine($"Resident memory of the product behind all that: {memory.Now:0} MB, at its height {memory.AtItsHeight:0} MB.");
        writer.WriteLine();
    }

    public void BeginStarts()
    {
        writer.WriteLine("| start, ms from the start of the process to | `/health/live` | an answer to an API client |");
        writer.WriteLine("|---|--:|--:|");
    }

    public void Add(string database, StartTimes start)
    {
        writer.WriteLine($"| {database}, first start, new database | {start.FirstLive.TotalMilliseconds:#,0} | {start.FirstAnswer.TotalMilliseconds:#,0} |");
        writer.WriteLine($"| {database}, second start | {start.LaterLive.TotalMilliseconds:#,0} | {start.LaterAnswer.TotalMilliseconds:#,0} |");
    }
}
