using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Workato.Connections;

/// <summary>
/// What operators can watch, by OpenTelemetry's means. Nothing is measured where nobody listens. Attributes never hold
/// names of people, addresses with their path, or anything an app said: hosts, providers and outcomes only.
/// </summary>
public static class Telemetry
{
    /// <summary>The name of the meter and of the source of activities.</summary>
    public const string Name = "Workato.Connections";

    /// <summary>Spans: <c>authorize</c>, <c>refresh</c>, <c>test</c>, <c>job</c>, <c>job.call</c>.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("workato.connections.calls", "{call}", "Calls through connections, by app and class of answer.");
    private static readonly Counter<long> Refreshes = Meter.CreateCounter<long>("workato.connections.refreshes", "{refresh}", "Requests for new tokens, by app and outcome.");
    private static readonly Counter<long> Tests = Meter.CreateCounter<long>("workato.connections.tests", "{test}", "Tests of connections, by app, outcome and cause.");
    private static readonly Counter<long> Incidents = Meter.CreateCounter<long>("workato.connections.incidents", "{incident}", "Incidents opened and resolved, by app and cause.");
    private static readonly Counter<long> Jobs = Meter.CreateCounter<long>("workato.connections.jobs", "{job}", "Jobs that ended, by outcome.");
    private static readonly Counter<long> Notices = Meter.CreateCounter<long>("workato.connections.notices", "{notice}", "Attempts to deliver a notice, by kind of channel and outcome.");

    private static Dictionary<string, long> states = [];

    private static readonly TimeSpan StatesEvery = TimeSpan.FromMinutes(5);
    private static readonly ObservableGauge<long> Count = Meter.CreateObservableGauge(
        "workato.connections.count", () => Volatile.Read(ref states).Select(s => new Measurement<long>(s.Value, new KeyValuePair<string, object?>("state", s.Key))), "{connection}",
        "Connections by state, as counted in the last five minutes by one node: take the maximum over nodes.");

    private static DateTimeOffset countedAt;

    /// <summary>A call was answered with this status; 0 where there was no answer.</summary>
    public static void Called(string provider, int status) => Calls.Add(1, new("provider", provider), new("answer", status switch { 0 => "none", < 400 => "ok", < 500 => "4xx", _ => "5xx" }));

    /// <summary>New tokens were asked for.</summary>
    public static void Refreshed(string provider, string outcome) => Refreshes.Add(1, new("provider", provider), new("outcome", outcome));

    /// <summary>A connection was tested.</summary>
    public static void Tested(string provider, string outcome, string? cause) => Tests.Add(1, new("provider", provider), new("outcome", outcome), new("cause", cause ?? "none"));

    /// <summary>Something is new about an incident.</summary>
    public static void IncidentNews(string provider, string cause, string news) => Incidents.Add(1, new("provider", provider), new("cause", cause), new("news", news));

    /// <summary>A job ended.</summary>
    public static void JobEnded(string outcome) => Jobs.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A notice was tried to be delivered.</summary>
    public static void NoticeTried(string channel, string outcome) => Notices.Add(1, new("channel", channel), new("outcome", outcome));

    /// <summary>Whether somebody wants to know how many connections there are, and it is time to count them again.</summary>
    public static bool CountsStates(DateTimeOffset now)
    {
        if (!Count.Enabled || now - countedAt < StatesEvery) return false;
        countedAt = now;
        return true;
    }

    /// <summary>How many connections are in which state now.</summary>
    public static void States(Dictionary<string, long> counted) => Volatile.Write(ref states, counted);
}
