using System.Collections.Concurrent;
using System.Net;

namespace Workato.Connections.AuthMethods.OAuth1;

/// <summary>How far the clocks of apps are from ours: they refuse timestamps that are not theirs (RFC 5849 section 3.3).</summary>
internal sealed class ClockOffsets(TimeProvider time)
{
    /// <summary>Clocks that differ by no more than this need no correction.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    /// <summary>More apps than these are not remembered; whatever is forgotten is learned again.</summary>
    public const int MaxApps = 1000;

    private readonly ConcurrentDictionary<string, TimeSpan> offsets = new();

    /// <summary>What time it is at the app at <paramref name="address"/>.</summary>
    public DateTimeOffset Now(Uri address) => time.GetUtcNow() + offsets.GetValueOrDefault(address.Authority);

    /// <summary>Learns from an answer that says no. True where the timestamp was wrong, and another request has a chance.</summary>
    public bool LearnFrom(HttpResponseMessage response)
    {
        // A 400 that is about something else teaches the time as well, but is no reason to ask again.
        if (response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest) || response.RequestMessage?.RequestUri is not { } address) return false;
        return Learn(address, response.Headers.Date) && (response.StatusCode == HttpStatusCode.Unauthorized || IsAboutTime(response));
    }

    /// <summary>Learns what time it is at the app. True where that is news.</summary>
    public bool Learn(Uri address, DateTimeOffset? there)
    {
        if (there is not { } date || (date - Now(address)).Duration() <= Tolerance) return false;
        var offset = date - time.GetUtcNow();
        if (offset.Duration() <= Tolerance)
        {
            offsets.TryRemove(address.Authority, out _);
            return true;
        }

        if (offsets.Count >= MaxApps) offsets.Clear();
        offsets[address.Authority] = offset;
        return true;
    }

    // OAuth Problem Reporting: the problem stands in the challenge.
    private static bool IsAboutTime(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var challenge) && challenge.ToString().Contains("timestamp_refused", StringComparison.Ordinal);
}
