using System.Globalization;
using System.Text.Json;
using Workato.Connections.Benchmarks.Loads;
using Workato.Connections.Benchmarks.Servers;
using Workato.Connections.Notices;

namespace Workato.Connections.Benchmarks.Outage;

/// <summary>What was seen of an outage, held against what is claimed of it.</summary>
internal sealed class Findings
{
    // "Within a minute or so", with as much again for a machine that does much else.
    private static readonly TimeSpan SoonHealthy = TimeSpan.FromMinutes(2);

    // Before there is an incident some are tested; then one in half a minute by each node.
    private const int FirstTests = 20;
    private const int Nodes = 2;
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(30);

    // A connection's own renewals: at once, after 5 s, after 10 more, and so on.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);

    public required DateTimeOffset Down { get; init; }

    /// <summary>How long the app answered 503.</summary>
    public required TimeSpan Unavailable { get; init; }

    public DateTimeOffset Back { get; set; }

    public DateTimeOffset Healthy { get; set; }

    /// <summary>What the product asked of itself while the app answered 503.</summary>
    public int Tests { get; set; }

    /// <summary>The same, for tokens; some of it because somebody called.</summary>
    public int Renewals { get; set; }

    /// <summary>From the return of the app until all were healthy; null: never.</summary>
    public TimeSpan? HealthyAfter { get; set; }

    public long Calls { get; set; }

    public IReadOnlyList<CallFailure> FailedCalls { get; set; } = [];

    public IReadOnlyList<Arrival> Notices { get; set; } = [];

    public int Forged { get; set; }

    public int Incidents { get; set; }

    public int Losses { get; set; }

    public int MostLost { get; set; }

    public IReadOnlyList<string> Faults { get; set; } = [];

    /// <summary>Prints it. True where everything that is claimed holds.</summary>
    public bool Tell(string length)
    {
        var messages = Notices.Select(n => NoticeMessage.FromJson(n.Body)).ToList();
        var (opened, resolved) = (messages.Where(m => m.Type == NoticeMessage.Opened).ToList(), messages.Count(m => m.Type == NoticeMessage.Resolved));
        var told = opened.FirstOrDefault();
        var (during, after) = (FailedCalls.Where(f => f.Begun < Back).ToList(), FailedCalls.Where(f => f.Begun >= Healthy).ToList());
        var between = FailedCalls.Count - during.Count - after.Count;
        Console.WriteLine("| app down for | notices of it | of its end | told after | connections concerned | recipes | lost | tests while it answered 503 | requests for tokens in that time | healthy after | calls | failed while down | until healthy | after that | errors in the logs |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {length} | {opened.Count} | {resolved} | {(told is null ? "never" : $"{(told.Timestamp - Down).TotalSeconds:0} s")} | {told?.Data.ConnectionsCount} | {told?.Data.RecipesCount} | {Math.Max(Losses, MostLost)} | {Tests} | {Renewals} | {(HealthyAfter is { } took ? $"{took.TotalSeconds:0} s" : "never")} | {Calls:#,0} | {during.Count:#,0} | {between} | {after.Count} | {Faults.Count} |"));

        var faults = new List<string>();
        Claim(opened.Count == 1 && resolved == 1 && messages.Count == 2 && Forged == 0, $"one notice and one of its end: {JsonSerializer.Serialize(messages.Select(m => $"{m.Type} {m.Data.Title}"))}, {Forged} with a wrong signature");
        Claim(told?.Data.ConnectionsCount == OutageScene.Connections && told.Data.RecipesCount == 1, "the notice names all connections and the recipe");
        Claim(Incidents == 1, $"one incident: {Incidents}");
        Claim(Losses == 0 && MostLost == 0, $"no connection lost: {Losses} lines in time lines, {MostLost} at the worst of times");
        Claim(Tests <= FirstTests + (Nodes * (1 + (int)(Unavailable / ProbeEvery))), $"the app is left alone but for a question now and then: {Tests} tests");
        Claim(Renewals <= OutageScene.Connections / 2 * (1 + (int)Math.Log2(1 + (Unavailable / FirstWait))), $"who wants new tokens waits longer each time: {Renewals} requests");
        Claim(HealthyAfter <= SoonHealthy, "all healthy soon after the return");
        Claim(during.TrueForAll(f => f.Status is 502 or 503), "calls while the app is down say so");
        Claim(after.Count == 0, "calls succeed once all are healthy");
        Claim(Faults.Count == 0, "no node writes an error");
        foreach (var fault in faults) Console.WriteLine($"- Does not hold: {fault}");
        foreach (var failure in FailedCalls.Where(f => f.Begun >= Healthy || f.Status is not (502 or 503)).GroupBy(f => f.What).Take(10)) Console.WriteLine($"- {failure.Count()} times: {failure.Key}");
        foreach (var line in Faults.Take(20)) Console.WriteLine($"- {line}");
        return faults.Count == 0;

        void Claim(bool holds, string what)
        {
            if (!holds) faults.Add(what);
        }
    }
}
