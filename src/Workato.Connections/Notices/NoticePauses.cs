namespace Workato.Connections.Notices;

/// <summary>When what did not arrive is tried again: soon at first, then every four hours, for five days.</summary>
public static class NoticePauses
{
    /// <summary>For how long it is tried.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(5);

    /// <summary>The longest a receiver's <c>Retry-After</c> is waited for.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromDays(1);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    private static readonly TimeSpan[] First =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2),
    ];

    /// <summary>How long to wait after so many attempts of one message that the receiver refuses; null: not any more.</summary>
    public static TimeSpan? AfterAttempts(int attempts) => attempts <= First.Length ? First[attempts - 1] : attempts < MaxAttempts ? Longest : null;

    /// <summary>How long to wait after an attempt, where nothing got through for so long.</summary>
    public static TimeSpan AfterSilence(TimeSpan silence)
    {
        var sum = TimeSpan.Zero;
        foreach (var pause in First)
        {
            sum += pause;
            if (silence < sum) return pause;
        }

        return Longest;
    }

    // As many as fit into the same five days.
    private static int MaxAttempts { get; } = First.Length + 1 + (int)((Patience - First.Aggregate((a, b) => a + b)) / Longest);
}
