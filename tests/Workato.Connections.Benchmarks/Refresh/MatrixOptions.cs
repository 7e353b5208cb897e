namespace Workato.Connections.Benchmarks.Refresh;

/// <summary>What a run of the matrix is asked for.</summary>
internal sealed record MatrixOptions(string Product, bool Quick, IReadOnlyList<Disturbance> Disturbances)
{
    public const string Usage = """
        tests/refresh-matrix.sh [--quick] [--only none|kill|pause]

          --quick   provider delays of 0.1 and 3 s only
          --only    one of the three parts
        """;

    /// <summary>How long the provider takes over tokens.</summary>
    public IReadOnlyList<TimeSpan> Delays => [.. (Quick ? [0.1, 3] : (double[])[0.1, 3, 12, 60]).Select(TimeSpan.FromSeconds)];

    public static MatrixOptions? Read(string product, string[] wishes)
    {
        if (!File.Exists(product)) return null;
        var options = new MatrixOptions(Path.GetFullPath(product), Quick: false, Enum.GetValues<Disturbance>());
        for (var rest = wishes; rest.Length > 0;)
        {
            switch (rest)
            {
                case ["--quick", .. var others]:
                    (options, rest) = (options with { Quick = true }, others);
                    break;
                case ["--only", var name, .. var others] when Enum.TryParse<Disturbance>(name, ignoreCase: true, out var only):
                    (options, rest) = (options with { Disturbances = [only] }, others);
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}

/// <summary>What is done to the process that refreshes, in the middle of the provider's delay.</summary>
internal enum Disturbance
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>SIGKILL.</summary>
    Kill,

    /// <summary>SIGSTOP for longer than the lease lasts, then SIGCONT.</summary>
    Pause,
}
