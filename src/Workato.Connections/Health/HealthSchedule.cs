namespace Workato.Connections.Health;

/// <summary>When a connection is tested by itself.</summary>
public static class HealthSchedule
{
    /// <summary>How long after a test the next one is, on average.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    /// <summary>The same where the app could not be asked.</summary>
    public static readonly TimeSpan InTrouble = TimeSpan.FromMinutes(2);

    /// <summary>The next test. Not the same time for all: what was made in one minute is not tested in one minute for ever.</summary>
    public static DateTimeOffset Next(DateTimeOffset now, bool wasAsked = true) => now + ((wasAsked ? Interval : InTrouble) * (0.75 + (Random.Shared.NextDouble() * 0.5)));
}
