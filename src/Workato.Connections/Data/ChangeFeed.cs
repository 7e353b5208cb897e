namespace Workato.Connections.Data;

/// <summary>Which rows changed, as far as this node has heard. Writers announce after their commit; other nodes hear it from the database.</summary>
public sealed class ChangeFeed
{
    /// <summary>A row of this table, with this id, was changed or removed.</summary>
    public event Action<string, int>? RowChanged;

    /// <summary>Changes may have been missed: whatever was remembered is to be read again.</summary>
    public event Action? Lost;

    /// <summary>Tells this node.</summary>
    public void Announce(string table, int id) => RowChanged?.Invoke(table, id);

    internal void AnnounceLost() => Lost?.Invoke();
}
