namespace Workato.Connections.Recipes.Jobs;

/// <summary>The connection a run uses.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Settings">What may stand in paths.</param>
public sealed record RunConnection(int Id, IReadOnlyDictionary<string, string> Settings);

/// <summary>
/// Which connection a run uses for which connector: the one its caller chose, or that of the user on whose behalf it runs,
/// or the recipe's own. It holds for the whole run: where a run goes on later, and the choice would be another account by
/// then, there is none.
/// </summary>
public sealed class RunConnections(IReadOnlyDictionary<string, Result<RunConnection>> byProvider)
{
    /// <summary>What a caller chose who wants the recipe's own connection, whichever that is when it runs.</summary>
    internal const int Own = 0;

    /// <summary>
    /// The connection, or why there is none: <see cref="RefusalKind.UserNotConnected"/> where the user has none,
    /// <see cref="RefusalKind.Conflict"/> where it was changed since the run was asked for or began.
    /// </summary>
    public Result<RunConnection> Of(string provider) =>
        byProvider.TryGetValue(provider, out var found) ? found : new Refusal(RefusalKind.NotConnected, $"The recipe has no connection for '{provider}'. Choose one in the recipe.");
}
