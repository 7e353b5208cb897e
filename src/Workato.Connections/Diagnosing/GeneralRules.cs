using Workato.Connections.Connectors;

namespace Workato.Connections.Diagnosing;

/// <summary>The rules for standard answers, and how each cause is told: the file <c>general.yaml</c> beside this.</summary>
internal static class GeneralRules
{
    private const string File = "Diagnosing/general.yaml";

    private static readonly Lazy<(IReadOnlyList<DiagnosisRule> Rules, IReadOnlyDictionary<string, CauseWords> Words)> Loaded = new(Load);

    /// <summary>In the order in which they are tried.</summary>
    public static IReadOnlyList<DiagnosisRule> All => Loaded.Value.Rules;

    /// <summary>By cause.</summary>
    public static IReadOnlyDictionary<string, CauseWords> Words => Loaded.Value.Words;

    private static (IReadOnlyList<DiagnosisRule>, IReadOnlyDictionary<string, CauseWords>) Load()
    {
        using var reader = new StreamReader(typeof(GeneralRules).Assembly.GetManifestResourceStream(File)!);
        var problems = new List<ConnectorProblem>();
        var map = new YamlMap(ConnectorReader.Root(File, reader.ReadToEnd(), problems)!, File, problems);
        var (words, rules) = (map.Maps("words").Select(CauseWords.Read).ToDictionary(w => w.Cause), DiagnosisReader.Read(map));
        map.RefuseUnknownKeys();
        // It is our own, and a test holds it.
        return problems.Count == 0 ? (rules, words) : throw new InvalidDataException(string.Join("; ", problems));
    }
}

/// <summary>How a cause is told.</summary>
/// <param name="Cause">One of <see cref="Causes"/>.</param>
/// <param name="Headline">In two to five words.</param>
/// <param name="Words">What happened, without a full stop; <c>{app}</c> and <c>{host}</c> in it.</param>
/// <param name="Next">The one next step.</param>
public sealed record CauseWords(string Cause, string Headline, string Words, string Next)
{
    /// <summary>How this cause is told; an unknown one as <see cref="Causes.Unknown"/>.</summary>
    public static CauseWords Of(string? cause) => GeneralRules.Words.GetValueOrDefault(cause ?? Causes.Unknown) ?? GeneralRules.Words[Causes.Unknown];

    /// <summary>Words or a next step with the names put in.</summary>
    internal static string Fill(string words, string app, string host) => words.Replace("{app}", app, StringComparison.Ordinal).Replace("{host}", host, StringComparison.Ordinal);

    internal static CauseWords Read(YamlMap map)
    {
        var words = new CauseWords(map.Text("cause", "app_down"), map.Text("headline", "App in trouble"), map.Text("words", "{app} is in trouble"), map.Text("next", "Wait."));
        map.RefuseUnknownKeys();
        return words;
    }
}
