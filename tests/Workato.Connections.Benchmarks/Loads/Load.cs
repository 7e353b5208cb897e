using Workato.Connections.Benchmarks.Servers;

namespace Workato.Connections.Benchmarks.Loads;

/// <summary>What is asked of one server, over and over: the paths in turns.</summary>
internal sealed record Load(ServerProcess Server, string Method, IReadOnlyList<string> Paths)
{
    public string? Body { get; init; }

    public string? Authorization { get; init; }
}

/// <summary>What came of it.</summary>
/// <param name="PerSecond">Requests answered per second.</param>
/// <param name="P50">Half of the answers took at most so many milliseconds.</param>
/// <param name="P99">All but one in a hundred took at most so many milliseconds.</param>
/// <param name="Computed">Microseconds of processor time a request took in the server.</param>
internal sealed record Outcome(double PerSecond, double P50, double P99, double Computed)
{
    /// <summary>The median, figure by figure.</summary>
    public static Outcome Median(IReadOnlyCollection<Outcome> all) => new(
        Middle(all.Select(o => o.PerSecond)), Middle(all.Select(o => o.P50)), Middle(all.Select(o => o.P99)), Middle(all.Select(o => o.Computed)));

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
