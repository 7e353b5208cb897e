using System.Globalization;
using Workato.Connections.Notices;

namespace Workato.Connections.Tests.Notices;

/// <summary>Quiet hours go by the clock on the wall.</summary>
public class QuietHoursTests
{
    [Theory]
    // By day, and not.
    [InlineData("12:00", "14:00", null, "2026-03-01T13:00Z", "2026-03-01T14:00Z")]
    [InlineData("12:00", "14:00", null, "2026-03-01T14:00Z", null)]
    [InlineData("12:00", "14:00", null, "2026-03-01T11:59Z", null)]
    // Over midnight, before and after it.
    [InlineData("22:00", "07:00", null, "2026-03-01T23:00Z", "2026-03-02T07:00Z")]
    [InlineData("22:00", "07:00", null, "2026-03-02T06:59Z", "2026-03-02T07:00Z")]
    [InlineData("22:00", "07:00", null, "2026-03-02T07:00Z", null)]
    // Elsewhere.
    [InlineData("22:00", "07:00", "America/New_York", "2026-01-15T04:00Z", "2026-01-15T12:00Z")]
    [InlineData("22:00", "07:00", "America/New_York", "2026-01-15T13:00Z", null)]
    // The nights in which the clock is changed are an hour shorter and longer.
    [InlineData("22:00", "07:00", "Europe/Berlin", "2026-03-28T22:30Z", "2026-03-29T05:00Z")]
    [InlineData("22:00", "07:00", "Europe/Berlin", "2026-10-24T21:00Z", "2026-10-25T06:00Z")]
    // An end that the clock jumps over: when it has.
    [InlineData("22:00", "02:30", "Europe/Berlin", "2026-03-29T00:30Z", "2026-03-29T01:00Z")]
    // An end that comes twice: the next.
    [InlineData("22:00", "02:30", "Europe/Berlin", "2026-10-24T23:00Z", "2026-10-25T00:30Z")]
    [InlineData("22:00", "02:30", "Europe/Berlin", "2026-10-25T01:10Z", "2026-10-25T01:30Z")]
    public void They_end_when_the_clock_says_so(string from, string to, string? zone, string now, string? end)
    {
        var channel = new NoticeChannel { Kind = "webhook", Name = "", Address = "", QuietFrom = Clock(from), QuietTo = Clock(to), TimeZone = zone, CreatedAt = default, UpdatedAt = default };

        QuietHours.EndOf(channel, At(now)).ShouldBe(end is null ? null : At(end));
    }

    private static TimeOnly Clock(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
