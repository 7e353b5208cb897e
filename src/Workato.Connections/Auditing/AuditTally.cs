using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;

namespace Workato.Connections.Auditing;

/// <summary>
/// Sums what happens often and writes it down once a minute: calls, refusals, tokens that are not known. What a process
/// counted and had not written when it was killed is gone; an orderly stop writes it.
/// </summary>
public sealed class AuditTally(IServiceScopeFactory scopes, TimeProvider time, ILogger<AuditTally> log) : MinuteWriter(time, log)
{
    // So that an attack with ever new addresses fills neither memory nor database.
    internal const int MaxKinds = 10_000;

    private readonly ConcurrentDictionary<Counted, Sum> sums = new();
    private int kinds;

    /// <summary>Counts one. What is counted already is counted without anything being allocated.</summary>
    /// <param name="actor">Who; what sent the request makes no difference.</param>
    /// <param name="event">One of <see cref="AuditEvents"/>.</param>
    /// <param name="resource">What it is about.</param>
    /// <param name="reason">Why; the last one is kept.</param>
    /// <param name="failed">Whether it came to nothing; how many did is told, too.</param>
    public void Count(Actor actor, string @event, Audited resource, string? reason = null, bool failed = false) => Add(new(actor, @event, resource), 1, failed ? 1 : 0, reason);

    /// <inheritdoc/>
    public override async Task WriteAsync(CancellationToken cancel)
    {
        if (sums.IsEmpty) return;
        var closed = new List<(Counted Key, int Count, int Failed, string? Reason)>();
        foreach (var pair in sums)
        {
            if (!sums.TryRemove(pair)) continue;
            Interlocked.Decrement(ref kinds);
            // Whoever has it in hand at this moment finds it closed, and counts in a new one.
            var (count, failed) = pair.Value.Close();
            closed.Add((pair.Key, count, failed, pair.Value.Reason));
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var trail = scope.ServiceProvider.GetRequiredService<AuditTrail>();
            foreach (var (key, count, failed, reason) in closed) trail.Add(key.Actor, key.Event, key.Resource, reason: Words(reason, count, failed), count: count);
            await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().SaveChangesAsync(cancel);
        }
        catch
        {
            foreach (var (key, count, failed, reason) in closed) Add(key, count, failed, reason);
            throw;
        }
    }

    private static string? Words(string? reason, int count, int failed) => failed == 0 ? reason : failed == count ? "None of them succeeded." : $"{failed} of them did not succeed.";

    private void Add(in Counted key, int count, int failed, string? reason)
    {
        Sum? sum;
        do
        {
            if (!sums.TryGetValue(key, out sum)) sum = Open(key);
        }
        while (!sum.TryAdd(count, failed));
        if (reason is not null) sum.Reason = reason;
    }

    private Sum Open(Counted key)
    {
        if (Volatile.Read(ref kinds) >= MaxKinds) key = new(key.Actor with { Address = null, UserAgent = null }, key.Event, new(key.Resource.Type, null, "many more"));
        var mine = new Sum();
        var sum = sums.GetOrAdd(key, mine);
        if (sum == mine) Interlocked.Increment(ref kinds);
        return sum;
    }

    /// <summary>What is summed. A browser's next version is no other actor.</summary>
    private readonly record struct Counted(Actor Actor, string Event, Audited Resource)
    {
        public bool Equals(Counted other) =>
            Resource.Id == other.Resource.Id && Actor.Id == other.Actor.Id && Actor.Kind == other.Actor.Kind && Event == other.Event
            && Actor.Address == other.Actor.Address && Actor.Name == other.Actor.Name && Resource == other.Resource;

        public override int GetHashCode() => HashCode.Combine(Actor.Id, Resource.Id, Event.Length, Actor.Address, Resource.Id is null ? Resource.Name : null);
    }

    /// <summary>How many, and how many of them failed, in one number: so that both are read and closed at one moment.</summary>
    private sealed class Sum
    {
        private const int FailedAbove = 32;
        private long value;

        public string? Reason { get; set; }

        /// <summary>False where it is closed.</summary>
        public bool TryAdd(int count, int failed) => Interlocked.Add(ref value, count + ((long)failed << FailedAbove)) > 0;

        /// <summary>From here on nothing is added.</summary>
        public (int Count, int Failed) Close()
        {
            var ended = Interlocked.Exchange(ref value, long.MinValue);
            return ((int)(ended & uint.MaxValue), (int)(ended >> FailedAbove));
        }
    }
}
