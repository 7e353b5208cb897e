using Microsoft.Extensions.Caching.Memory;

namespace Workato.Connections.Data;

/// <summary>
/// What was read from the database a moment ago. An entry lives until its row is announced as changed, and
/// <see cref="Lifetime"/> at the most, so that a lost announcement costs seconds and not correctness.
/// </summary>
/// <typeparam name="TKey">What it is found by.</typeparam>
/// <typeparam name="TValue">What is kept. A null is not kept.</typeparam>
public sealed class SnapshotCache<TKey, TValue> : IDisposable
    where TKey : notnull
    where TValue : class
{
    /// <summary>The longest time a snapshot is served without asking the database again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private const int MaxEntries = 100_000;

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MaxEntries });

    /// <summary>The snapshot, or what <paramref name="load"/> finds. Callers at the same time share one load.</summary>
    public async ValueTask<TValue?> GetAsync(TKey key, Func<TKey, Task<TValue?>> load)
    {
        if (!cache.TryGetValue(key, out Lazy<Task<TValue?>>? entry))
        {
            // The load begins only when the entry is in the cache: a change that is announced while it runs removes the
            // entry, and what was read before the change is seen by nobody who asks after it.
            entry = new(() => load(key));
            cache.Set(key, entry, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Lifetime, Size = 1 });
        }

        try
        {
            var value = await entry!.Value;
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
}
