using Workato.Connections.Data;

namespace Workato.Connections.Authorizing.Refresh;

/// <summary>Waits for one connection's row to change, on whichever node.</summary>
internal sealed class RowChanges : IDisposable
{
    private readonly ChangeFeed feed;
    private readonly int id;
    private volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RowChanges(ChangeFeed feed, int id)
    {
        (this.feed, this.id) = (feed, id);
        feed.RowChanged += OnChange;
    }

    /// <summary>Ends with the next change after now. Take it before reading the row, so that no change falls between.</summary>
    public Task Next => next.Task;

    public void Dispose() => feed.RowChanged -= OnChange;

    private void OnChange(string table, int row)
    {
        if (table != Connection.Table || row != id) return;
        var reached = next;
        next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        reached.TrySetResult();
    }
}
