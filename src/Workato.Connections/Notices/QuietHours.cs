namespace Workato.Connections.Notices;

/// <summary>The hours in which a channel is sent nothing. They go by the clock on the wall: over midnight, and when the clock is changed.</summary>
public static class QuietHours
{
    /// <summary>When the quiet hours end in which <paramref name="now"/> lies; null: it lies in none.</summary>
    public static DateTimeOffset? EndOf(NoticeChannel channel, DateTimeOffset now)
    {
        if (channel.QuietFrom is not { } from || channel.QuietTo is not { } to) return null;
        var zone = Zone(channel.TimeZone);
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var clock = TimeOnly.FromDateTime(local);
        if (!clock.IsBetween(from, to)) return null;
        var day = DateOnly.FromDateTime(local);
        return Instant((clock < to ? day : day.AddDays(1)).ToDateTime(to), zone, now);
    }

    /// <summary>The time zone of this IANA name; UTC where there is none of that name.</summary>
    public static TimeZoneInfo Zone(string? name) => name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    // A time that is skipped comes when the clock has jumped over it; one that comes twice is the next of the two.
    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone, DateTimeOffset now)
    {
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        if (!zone.IsAmbiguousTime(local)) return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        var twice = zone.GetAmbiguousTimeOffsets(local).Select(offset => new DateTimeOffset(local, offset).ToUniversalTime()).Order().ToList();
        return twice.Find(at => at > now) is { Ticks: > 0 } next ? next : twice[^1];
    }
}
