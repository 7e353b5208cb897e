using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;

namespace Workato.Connections.Timelines;

/// <summary>
/// Counts what connections do, and writes it down once a minute: no call and no refresh waits for it. What a process that
/// is killed had counted in its last minute is lost; no state depends on it.
/// </summary>
public sealed class ConnectionTally(IServiceScopeFactory scopes, TimeProvider time, ILogger<ConnectionTally> log) : MinuteWriter(time, log)
{
    private readonly ConcurrentDictionary<(int ConnectionId, DateOnly Day), Counts> counted = new();

    /// <summary>A call was answered.</summary>
    public void CountCall(int connectionId) => Interlocked.Increment(ref Of(connectionId).Calls);

    /// <summary>A call was rejected.</summary>
    public void CountRejection(int connectionId) => Interlocked.Increment(ref Of(connectionId).Rejections);

    /// <summary>New tokens came.</summary>
    public void CountRefresh(int connectionId) => Interlocked.Increment(ref Of(connectionId).Refreshes);

    /// <inheritdoc/>
    public override async Task WriteAsync(CancellationToken cancel)
    {
        if (counted.IsEmpty) return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        foreach (var entry in counted.ToArray())
        {
            var ((id, day), sum) = (entry.Key, entry.Value.Take());
            if (sum.IsNothing)
            {
                // For a minute nobody has counted here: nobody still holds it in hand.
                counted.TryRemove(entry);
                continue;
            }

            try
            {
                await db.Database.ExecuteSqlRawAsync(
                    """
                    INSERT INTO connection_days (connection_id, day, calls, rejections, refreshes, last_at)
                    SELECT id, {1}, {2}, {3}, {4}, {5} FROM connections WHERE id = {0}
                    ON CONFLICT (connection_id, day) DO UPDATE SET calls = connection_days.calls + excluded.calls,
                        rejections = connection_days.rejections + excluded.rejections, refreshes = connection_days.refreshes + excluded.refreshes, last_at = excluded.last_at
                    """,
                    [id, day, sum.Calls, sum.Rejections, sum.Refreshes, db.Stored(new DateTimeOffset(sum.LastTicks, TimeSpan.Zero))], cancel);
            }
            catch
            {
                // What could not be written is for the next time.
                entry.Value.Add(sum);
                throw;
            }
        }
    }

    private Counts Of(int connectionId)
    {
        var now = Time.GetUtcNow();
        var counts = counted.GetOrAdd((connectionId, DateOnly.FromDateTime(now.UtcDateTime)), static _ => new());
        Volatile.Write(ref counts.LastTicks, now.UtcTicks);
        return counts;
    }

    private sealed class Counts
    {
        public int Calls;
        public int Rejections;
        public int Refreshes;
        public long LastTicks;

        public bool IsNothing => (Calls | Rejections | Refreshes) == 0;

        public Counts Take() => new()
        {
            Calls = Interlocked.Exchange(ref Calls, 0),
            Rejections = Interlocked.Exchange(ref Rejections, 0),
            Refreshes = Interlocked.Exchange(ref Refreshes, 0),
            LastTicks = Volatile.Read(ref LastTicks),
        };

        public void Add(Counts other)
        {
            Interlocked.Add(ref Calls, other.Calls);
            Interlocked.Add(ref Rejections, other.Rejections);
            Interlocked.Add(ref Refreshes, other.Refreshes);
            Volatile.Write(ref LastTicks, Math.Max(Volatile.Read(ref LastTicks), other.LastTicks));
        }
    }
}
