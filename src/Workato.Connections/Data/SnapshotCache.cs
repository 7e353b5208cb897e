using Microsoft.Extensions.Caching.Memory;

namespace Workato.Connections.Data;

/// <summary>
/// What was read from the database a moment ago. An entry lives until its row is announced as changed, and
/// <see cref="Lifetime"/> at the most, so that a lost announcement costs seconds and not correctness. What is asked for
/// all the time is read again ahead of that, in the background, so that nobody waits for it.
/// </summary>
/// <typeparam name="TKey">What it is found by.</typeparam>
/// <typeparam name="TValue">What is kept. A null is not kept.</typeparam>
public sealed class SnapshotCache<TKey, TValue>(TimeProvider time) : IDisposable
    where TKey : notnull
    where TValue : class
{
    /// <summary>The longest time a snapshot is served without asking the database again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private const int MaxEntries = 100_000;

    // How old an entry is may be asked of its reading alone; this only frees the memory of what nobody asks for.
    private static readonly MemoryCacheEntryOptions Kept = new() { SlidingExpiration = TimeSpan.FromMinutes(1), Size = 1 };

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MaxEntries });

    /// <summary>The snapshot, or what <paramref name="load"/> finds. Callers at the same time share one load.</summary>
    public async ValueTask<TValue?> GetAsync(TKey key, Func<TKey, Task<TValue?>> load)
    {
        var now = time.GetTimestamp();
        if (!cache.TryGetValue(key, out Entry? entry)) cache.Set(key, entry = new(), Kept);
        var reading = entry!.Current;
        if (reading is null || time.GetElapsedTime(reading.Began, now) >= Lifetime)
        {
            // The load begins only when the entry is in the cache: a change that is announced while it runs removes the
            // entry, and what was read before the change is seen by nobody who asks after it.
            reading = entry.Replace(reading, new(now, key, load));
        }
        else if (time.GetElapsedTime(reading.Began, now) >= reading.OldAfter && reading.TryReadAhead())
        {
            ReadAhead(key, entry, reading, load);
        }

        try
        {
            var value = await reading.Value;
            if (value is null) Remove(key);
            return value;
        }
        catch
        {
            Remove(key);
            throw;
        }
    }

    /// <summary>Forgets one snapshot.</summary>
    public void Remove(TKey key) => cache.Remove(key);

    /// <summary>Forgets everything.</summary>
    public void Clear() => cache.Clear();

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    // On a thread and in a context of its own: no caller pays for it, and no caller's trace tells of it.
    private void ReadAhead(TKey key, Entry entry, Reading old, Func<TKey, Task<TValue?>> load) =>
        ThreadPool.UnsafeQueueUserWorkItem(_ => _ = ReadAheadAsync(key, entry, old, load), null);

    private async Task ReadAheadAsync(TKey key, Entry entry, Reading old, Func<TKey, Task<TValue?>> load)
    {
        try
        {
            // Into the entry it was begun for: where that was removed meanwhile, because of a change, nobody sees it.
            var reading = new Reading(time.GetTimestamp(), key, load);
            if (await reading.Value is null) Remove(key);
            else entry.Replace(old, reading);
        }
        catch
        {
            // Nobody waits for this. The old value is served to its end, and who asks then is told by a load of their own.
        }
    }

    /// <summary>A place in the cache. A change takes it out, with all that was read for it or still is.</summary>
    private sealed class Entry
    {
        private Reading? current;

        public Reading? Current => Volatile.Read(ref current);

        /// <summary>Puts a reading in place of another, unless somebody was quicker; the one that is there then.</summary>
        public Reading Replace(Reading? old, Reading reading) =>
            Interlocked.CompareExchange(ref current, reading, old) is var found && found == old ? reading : found!;
    }

    /// <summary>What the database said once, and when it was asked; asked when somebody first wants to know.</summary>
    private sealed class Reading(long began, TKey key, Func<TKey, Task<TValue?>> load)
    {
        private readonly Lazy<Task<TValue?>> value = new(() => load(key));
        private int isReadAhead;

        public long Began => began;

        /// <summary>Not the same for all, so that what was read at once, after a start say, is not for ever read at once.</summary>
        public TimeSpan OldAfter { get; } = TimeSpan.FromSeconds(3 + Random.Shared.NextDouble());

        public Task<TValue?> Value => value.Value;

        /// <summary>True for one caller, and only once there is something to be served meanwhile.</summary>
        public bool TryReadAhead() => value is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } && Interlocked.Exchange(ref isReadAhead, 1) == 0;
    }
}
