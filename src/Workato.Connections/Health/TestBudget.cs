namespace Workato.Connections.Health;

/// <summary>How many tests go to one app and host at once and how fast after each other, so that looking after connections is never felt by an app.</summary>
internal sealed class TestBudget(TimeProvider time)
{
    private const int InAll = 32;
    private const int PerApp = 8;
    private const int PerHost = 4;

    // At most five a second to one host from one node, also when a thousand connections are looked after again.
    public static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private readonly Dictionary<int, (string App, string Host)> taken = [];
    private readonly Dictionary<string, DateTimeOffset> last = [];

    /// <summary>Takes a place for a test. False where there is none now.</summary>
    public bool TryTake(int connectionId, string app, string host)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            if (taken.Count >= InAll || taken.Values.Count(t => t.App == app) >= PerApp || taken.Values.Count(t => t.Host == host) >= PerHost) return false;
            if (last.TryGetValue(host, out var before) && now - before < Spacing) return false;
            if (!taken.TryAdd(connectionId, (app, host))) return false;
            if (last.Count > 10_000) last.Clear();
            last[host] = now;
            return true;
        }
    }

    /// <summary>Gives it back.</summary>
    public void Free(int connectionId)
    {
        lock (gate) taken.Remove(connectionId);
    }
}
