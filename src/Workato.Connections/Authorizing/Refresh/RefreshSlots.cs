namespace Workato.Connections.Authorizing.Refresh;

/// <summary>How many connections are renewed ahead at once: so many in all, and fewer of one app, so that an app that hangs does not hold back the others.</summary>
internal sealed class RefreshSlots
{
    /// <summary>In all.</summary>
    public const int AtOnce = 96;

    /// <summary>Of one app.</summary>
    public const int PerApp = 32;

    private readonly Lock gate = new();
    private readonly Dictionary<int, string> taken = [];
    private TaskCompletionSource freed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it is worth while to look what else is due. Take it before looking, so that nothing falls between.</summary>
    public Task Freed
    {
        get
        {
            lock (gate) return freed.Task;
        }
    }

    /// <summary>Whether there is none left.</summary>
    public bool AreFull
    {
        get
        {
            lock (gate) return taken.Count >= AtOnce;
        }
    }

    /// <summary>The apps that have as many as one app may have.</summary>
    public string[] FullApps
    {
        get
        {
            lock (gate) return [.. taken.Values.CountBy(app => app).Where(a => a.Value >= PerApp).Select(a => a.Key)];
        }
    }

    /// <summary>Takes one. False where the connection has one already, or there is none left for its app.</summary>
    public bool TryTake(int connectionId, string app)
    {
        lock (gate) return taken.Count < AtOnce && Of(app) < PerApp && taken.TryAdd(connectionId, app);
    }

    /// <summary>Gives it back. Those of connections that were not renewed are no reason to look again at once: they may be due still.</summary>
    public void Free(int connectionId, bool isRenewed)
    {
        lock (gate)
        {
            if (!taken.Remove(connectionId, out var app) || !isRenewed) return;
            // Not for each: one look gives out half of them.
            if (Of(app) != PerApp / 2 && taken.Count != AtOnce / 2) return;
            freed.SetResult();
            freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private int Of(string app) => taken.Values.Count(a => a == app);
}
