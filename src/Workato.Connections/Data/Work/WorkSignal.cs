using System.Collections.Concurrent;

namespace Workato.Connections.Data.Work;

/// <summary>Tells this node's queue that there is something to do now. Without it, work waits for the next look, a second at the most.</summary>
public sealed class WorkSignal
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new(StringComparer.Ordinal);

    /// <summary>There is some of this kind.</summary>
    public void Call(string kind)
    {
        if (waiting.TryRemove(kind, out var next)) next.TrySetResult();
    }

    /// <summary>Whether this node is about to stop: work of many parts leaves the rest to another.</summary>
    public bool IsStopping { get; private set; }

    internal void Stop() => IsStopping = true;

    internal Task Next(string kind) => waiting.GetOrAdd(kind, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
