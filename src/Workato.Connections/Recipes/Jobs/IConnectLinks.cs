namespace Workato.Connections.Recipes.Jobs;

/// <summary>Makes the links on which a user connects the apps a run on that user's behalf needs.</summary>
public interface IConnectLinks
{
    /// <summary>One link for each parent: the recipe's own connections.</summary>
    Task<Result<IReadOnlyList<ConnectLink>>> MakeAsync(string externalId, IReadOnlyCollection<int> parents, CancellationToken cancel);
}
