namespace Workato.Connections.Benchmarks;

/// <summary>What a run is asked for.</summary>
internal sealed record Options(string Product, bool Quick, string Only)
{
    public const string Usage = """
        tests/bench.sh [--quick] [--only TEXT]

          --quick       a second per run and one run each: shows that everything works, not how fast it is
          --only TEXT   the scenarios with this text in their name
        """;

    /// <summary>How often each side of a scenario is measured, in turns.</summary>
    public int Rounds => Quick ? 1 : 3;

    public TimeSpan Run => TimeSpan.FromSeconds(Quick ? 1 : 5);

    /// <summary>Long enough for the just-in-time compiler: before that, half of what a rare path computes is its own compilation.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Quick ? 1 : 8);

    public int Starts => Quick ? 1 : 5;

    public bool Wants(string scenario) => scenario.Contains(Only, StringComparison.OrdinalIgnoreCase);

    public static Options? Read(string[] args)
    {
        var (product, quick, only) = ("", false, "");
        for (var rest = args; rest.Length > 0;)
        {
            switch (rest)
            {
                case ["--product", var path, .. var others]:
                    (product, rest) = (Path.GetFullPath(path), others);
                    break;
                case ["--only", var text, .. var others]:
                    (only, rest) = (text, others);
                    break;
                case ["--quick", .. var others]:
                    (quick, rest) = (true, others);
                    break;
                default:
                    return null;
            }
        }

        return File.Exists(product) ? new(product, quick, only) : null;
    }
}
