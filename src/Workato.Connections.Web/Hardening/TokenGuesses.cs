using System.Net;
using Microsoft.Extensions.Caching.Memory;
using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Hardening;

/// <summary>
/// Keeps who guesses API tokens from the database. Tokens that were good a while ago are looked up all the same: whoever
/// works behind the address of somebody who guesses goes on working. ASP.NET Core's limiter counts requests; these count
/// only once they have failed, and are counted without a lock or an allocation in the way of good ones.
/// </summary>
internal sealed partial class TokenGuesses(RateLimits limits, TimeProvider time, ILogger<TokenGuesses> log) : IDisposable
{
    private const int MaxKnown = 10_000;

    private static readonly MemoryCacheEntryOptions Kept = new() { SlidingExpiration = TimeSpan.FromHours(1), Size = 1 };

    private readonly long began = time.GetTimestamp();

    // A slot: the second its window began in above, how many failed in it below.
    private readonly long[] failed = new long[RemoteNetwork.Slots];
    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = MaxKnown });

    private TimeSpan Now => time.GetElapsedTime(began);

    /// <summary>How long a sender who guessed too often has to wait before this token is looked up; null where it is now.</summary>
    public TimeSpan? WaitFor(string token, IPAddress? sender)
    {
        var (slot, now) = (Volatile.Read(ref failed[RemoteNetwork.Slot(sender)]), Now);
        return Count(slot, now) < limits.UnknownTokens || known.TryGetValue(Key(token), out _) ? null : End(slot) - now;
    }

    /// <summary>Counts a token that is not known here.</summary>
    public void Fail(IPAddress? sender)
    {
        ref var slot = ref failed[RemoteNetwork.Slot(sender)];
        var now = Now;
        for (var before = Volatile.Read(ref slot); ;)
        {
            var after = Count(before, now) > 0 ? before + 1 : ((long)now.TotalSeconds << 32) + 1;
            var found = Interlocked.CompareExchange(ref slot, after, before);
            if (found == before)
            {
                if ((int)after == limits.UnknownTokens) LogGuessing(log, limits.UnknownTokens, sender);
                return;
            }

            before = found;
        }
    }

    /// <summary>Takes note of what the database said of a token.</summary>
    public void Learn(string token, bool isGood)
    {
        if (isGood) known.Set(Key(token), true, Kept);
        else known.Remove(Key(token));
    }

    public void Dispose() => known.Dispose();

    private static string Key(string token) => Convert.ToHexString(Token.Hash(token));

    private static TimeSpan End(long slot) => TimeSpan.FromSeconds(slot >> 32) + RateLimits.Window;

    private static int Count(long slot, TimeSpan now) => now < End(slot) ? (int)slot : 0;

    [LoggerMessage(LogLevel.Warning, "{Count} unknown API tokens came from {Sender} within a minute. Until it is over, only tokens that were good before are looked up from there.")]
    private static partial void LogGuessing(ILogger log, int count, IPAddress? sender);
}
