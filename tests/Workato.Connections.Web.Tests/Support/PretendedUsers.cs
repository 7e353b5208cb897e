namespace Workato.Connections.Web.Tests.Support;

/// <summary>Stands for recipes until there are any: says that connections are in use.</summary>
public sealed class PretendedUsers : IConnectionUsers
{
    /// <summary>What uses which connection.</summary>
    public Dictionary<int, ConnectionUser> InUse { get; } = [];

    /// <summary>Thrown instead of an answer: a bug somewhere inside.</summary>
    public Exception? Failure { get; set; }

    public Task LetGoAsync(IReadOnlyCollection<int> connectionIds, ConnectionEnd end, CancellationToken cancel) => Task.CompletedTask;

    public Task<IReadOnlyList<ConnectionUser>> FindAsync(IReadOnlyCollection<int> connectionIds, int limit, CancellationToken cancel) =>
        Failure is { } failure
            ? Task.FromException<IReadOnlyList<ConnectionUser>>(failure)
            : Task.FromResult<IReadOnlyList<ConnectionUser>>([.. connectionIds.Where(InUse.ContainsKey).Select(id => InUse[id]).Take(limit)]);
}
