using System.Globalization;
using Workato.Connections.Timelines;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>A time line as people read it: by day: what its calls and renewals came to, then its events.</summary>
internal sealed class TimelineView(Timeline timeline)
{
    /// <summary>The days in which something happened, newest first.</summary>
    public IReadOnlyList<TimelineDay> Days { get; } =
    [
        .. timeline.Events.Items.Select(e => DateOnly.FromDateTime(e.At.UtcDateTime)).Concat(timeline.Days.Select(d => d.Day)).Distinct().OrderDescending()
            .Select(day => new TimelineDay(
                day.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
                [.. timeline.Events.Items.Where(e => DateOnly.FromDateTime(e.At.UtcDateTime) == day)],
                timeline.Days.FirstOrDefault(d => d.Day == day) is { } sum ? Summary(sum) : null)),
    ];

    /// <summary>Behind which event the next page begins; null: this is the last.</summary>
    public long? Older => timeline.Events.HasMore ? timeline.Events.Items[^1].Id : null;

    public static string Headline(ConnectionEvent e) => e.Kind switch
    {
        EventKinds.Connected => "Connected",
        EventKinds.Reconnected => "Connected again",
        EventKinds.Disconnected => "Disconnected",
        EventKinds.Rejected => "Rejected once",
        EventKinds.Lost => "Lost",
        EventKinds.Trouble => "In trouble",
        EventKinds.Recovered => "Works again",
        EventKinds.Warned => "About to break",
        EventKinds.OtherAccount => "Another account than before",
        _ => e.Kind,
    };

    public static string Tone(ConnectionEvent e) => e.Kind switch
    {
        EventKinds.Lost => "bad",
        EventKinds.Trouble or EventKinds.Warned or EventKinds.Rejected or EventKinds.OtherAccount => "warn",
        EventKinds.Disconnected => "idle",
        _ => "ok",
    };

    private static string? Summary(ConnectionDay day)
    {
        string?[] parts =
        [
            Count(day.Calls + day.Rejections, "call", "calls"), day.Rejections == 0 ? null : $"{day.Rejections} of them rejected",
            day.Refreshes == 0 ? null : $"new tokens {Count(day.Refreshes, "time", "times")}",
        ];
        return string.Join(", ", parts.OfType<string>()) is { Length: > 0 } text ? char.ToUpperInvariant(text[0]) + text[1..] : null;
    }

    private static string? Count(int n, string one, string many) => n switch { 0 => null, 1 => $"1 {one}", _ => string.Create(CultureInfo.InvariantCulture, $"{n} {many}") };
}

/// <summary>One day of a time line.</summary>
/// <param name="Name">The date.</param>
/// <param name="Events">What happened, newest first.</param>
/// <param name="Summary">What it did, in one line; null: nothing that is counted.</param>
internal sealed record TimelineDay(string Name, IReadOnlyList<ConnectionEvent> Events, string? Summary);
