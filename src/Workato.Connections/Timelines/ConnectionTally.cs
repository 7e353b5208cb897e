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
    private ConcurrentDictionary<(int ConnectionId, DateOnly Day), Counts> counted = new();

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
        var writing = Interlocked.Exchange(ref counted, new());
        try
        {
            // Who has just taken the old book still writes its stroke into it.
            await Task.Yield();
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
            foreach (var ((id, day), sum) in writing.OrderBy(w => w.Key.ConnectionId))
            {
                await db.Database.ExecuteSqlRawAsync(
                    """
                    INSERT INTO connection_days (connection_id, day, calls, rejections, refreshes, last_at)
                    SELECT id, {1}, {2}, {3}, {4}, {5} FROM connections WHERE id = {0}
                    ON CONFLICT (connection_id, day) DO UPDATE SET calls = connection_days.calls + excluded.calls,
                        rejections = connection_days.rejections + excluded.rejections, refreshes = connection_days.refreshes + excluded.refreshes, last_at = excluded.last_at
                    """,
                    [id, day, sum.Calls, sum.Rejections, sum.Refreshes, db.Stored(new DateTimeOffset(sum.LastTicks, TimeSpan.Zero))], cancel);
                writing.TryRemove((id, day), out _);
            }
        }
        finally
        {
            // What could not be written is for the next time.
            foreach (var (key, sum) in writing) counted.GetOrAdd(key, _ => new()).Add(sum);
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

        public void Add(Counts other)
        {
            Interlocked.Add(ref Calls, other.Calls);
            Interlocked.Add(ref Rejections, other.Rejections);
            Interlocked.Add(ref Refreshes, other.Refreshes);
            Volatile.Write(ref LastTicks, Math.Max(Volatile.Read(ref LastTicks), other.LastTicks));
        }
    }
}
