namespace Workato.Connections.Recipes.Jobs;

/// <summary>The connection a run uses.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Settings">What may stand in paths.</param>
public sealed record RunConnection(int Id, IReadOnlyDictionary<string, string> Settings);

/// <summary>
/// Which connection a run uses for which connector: the one its caller chose, or that of the user on whose behalf it runs,
/// or the recipe's own. It is decided before the first step, once for the whole run.
/// </summary>
public sealed class RunConnections(IReadOnlyDictionary<string, Result<RunConnection>> byProvider)
{
    /// <summary>The connection, or why there is none: <see cref="RefusalKind.UserNotConnected"/> where the user has none.</summary>
    public Result<RunConnection> Of(string provider) =>
        byProvider.TryGetValue(provider, out var found) ? found : new Refusal(RefusalKind.NotConnected, $"The recipe has no connection for '{provider}'. Choose one in the recipe.");
}
