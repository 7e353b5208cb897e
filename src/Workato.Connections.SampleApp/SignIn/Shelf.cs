namespace Workato.Connections.SampleApp.SignIn;

/// <summary>Things that wait for a while for whoever has the secret that opens them. Only the secret's hash is kept.</summary>
internal sealed class Shelf<T>(TimeSpan life) where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (T Thing, DateTimeOffset Until)> _things = [];
    private DateTimeOffset _nextCleaning;

    /// <summary>Puts something there under a new secret.</summary>
    public string Put(T thing, DateTimeOffset now, string prefix = "")
    {
        var secret = RandomSecret.New(prefix);
        TryPut(secret, thing, now);
        return secret;
    }

    /// <summary>Puts something there; false if something is there already under that secret.</summary>
    public bool TryPut(string secret, T thing, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now >= _nextCleaning) Clean(now);
            var key = RandomSecret.Hash(secret);
            if (_things.TryGetValue(key, out var there) && there.Until > now) return false;

            _things[key] = (thing, now + life);
            return true;
        }
    }

    public T? Find(string? secret, DateTimeOffset now)
    {
        lock (_lock)
            return secret is not null && _things.TryGetValue(RandomSecret.Hash(secret), out var found) && found.Until > now ? found.Thing : null;
    }

    /// <summary>Finds it and takes it away: of many who ask at once one gets it.</summary>
    public T? Take(string? secret, DateTimeOffset now)
    {
        lock (_lock)
            return secret is not null && _things.Remove(RandomSecret.Hash(secret), out var found) && found.Until > now ? found.Thing : null;
    }

    // Now and then: to look at everything with each thing that comes would make many things slow.
    private void Clean(DateTimeOffset now)
    {
        foreach (var (old, _) in _things.Where(each => each.Value.Until <= now).ToArray()) _things.Remove(old);
        _nextCleaning = now + life;
    }
}
