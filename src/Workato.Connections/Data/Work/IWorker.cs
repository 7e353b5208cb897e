namespace Workato.Connections.Data.Work;

/// <summary>Does the work of one kind.</summary>
public interface IWorker
{
    /// <summary>Which kind, at most 32 characters.</summary>
    string Kind { get; }

    /// <summary>How much of it one node does at the same time.</summary>
    int AtOnce { get; }

    /// <summary>
    /// Does one item, and takes it away or puts it off in the transaction of its result. May come a second time for the same
    /// item where a node went away before that. What it throws is logged, and it is done again later.
    /// </summary>
    Task DoAsync(WorkItem item, CancellationToken cancel);
}
