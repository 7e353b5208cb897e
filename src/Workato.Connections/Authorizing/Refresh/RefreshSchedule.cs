using Workato.Connections.AuthMethods;

namespace Workato.Connections.Authorizing.Refresh;

/// <summary>When new tokens are got.</summary>
internal static class RefreshSchedule
{
    // How long before its end an access token is no longer put on a request: clocks differ, and requests travel.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    // The part of its life a token is used for before a new one is got ahead of its end.
    private const double Used = 0.8;
    private static readonly TimeSpan LongestAhead = TimeSpan.FromHours(1);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);

    /// <summary>The longest time between two tries that is our own choice.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>When new tokens are got ahead of the end of these; null where they do not end, or nothing is there to get new ones by.</summary>
    public static DateTimeOffset? Due(OpenCredentials credentials, DateTimeOffset now)
    {
        if (credentials.Tokens?.ExpiresAt is not { } end || !CanRenew(credentials)) return null;
        var life = end - now;
        var ahead = life * (1 - Used);
        if (ahead > LongestAhead) ahead = LongestAhead;
        // Those issued in the same minute need not all be due in the same minute.
        return end - ahead - (ahead * Random.Shared.NextDouble() * 0.5);
    }

    /// <summary>From when on the access token is not put on requests any more; null where it does not end.</summary>
    public static DateTimeOffset? UsableUntil(Tokens? tokens)
    {
        if (tokens is not { ExpiresAt: { } end }) return null;
        // Of a token that lives a minute, half a minute of caution would be too much.
        var tenth = (end - (tokens.IssuedAt ?? end)) * 0.1;
        return end - (tenth < Margin ? tenth : Margin);
    }

    /// <summary>Whether new tokens can be got without a person.</summary>
    public static bool CanRenew(OpenCredentials credentials) =>
        credentials.Way.Placement.OAuth2 is { } terms && credentials.Tokens is { } tokens && (!terms.NeedsConsent || tokens.RefreshToken is not null);

    /// <summary>How long to wait after this many failures in a row.</summary>
    public static TimeSpan Wait(int failures, TimeSpan? wanted)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(failures - 1, 10));
        if (wait > LongestWait) wait = LongestWait;
        return wanted > wait ? (wanted.Value < TimeSpan.FromHours(1) ? wanted.Value : TimeSpan.FromHours(1)) : wait;
    }
}
