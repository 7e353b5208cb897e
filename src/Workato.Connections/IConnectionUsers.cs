namespace Workato.Connections;

/// <summary>
/// Knows things that use connections. Whatever binds a connection registers one of these, and thereby connections in
/// use can be neither deleted nor disconnected without a word.
/// </summary>
public interface IConnectionUsers
{
    /// <summary>What uses any of these connections now, at most <paramref name="limit"/> of it. What the asker may not see is there without a name.</summary>
    Task<IReadOnlyList<ConnectionUser>> FindAsync(IReadOnlyCollection<int> connectionIds, int limit, CancellationToken cancel);

    /// <summary>
    /// Stops whatever works with these connections, which are about to be taken away by force, and where they are deleted
    /// lets go of them. It is written with what is saved next, in the transaction of their end, or not at all.
    /// </summary>
    Task LetGoAsync(IReadOnlyCollection<int> connectionIds, ConnectionEnd end, CancellationToken cancel);
}

/// <summary>What happens to a connection that something uses.</summary>
public enum ConnectionEnd
{
    /// <summary>Its credentials go; it may be connected again.</summary>
    Disconnected,

    /// <summary>It goes.</summary>
    Deleted,
}
