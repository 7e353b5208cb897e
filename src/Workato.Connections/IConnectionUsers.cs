namespace Workato.Connections;

/// <summary>
/// Knows things that use connections. Whatever binds a connection registers one of these, and thereby connections in
/// use can be neither deleted nor disconnected without a word.
/// </summary>
public interface IConnectionUsers
{
    /// <summary>What uses any of these connections now, at most <paramref name="limit"/> of it.</summary>
    Task<IReadOnlyList<ConnectionUser>> FindAsync(IReadOnlyCollection<int> connectionIds, int limit, CancellationToken cancel);
}
