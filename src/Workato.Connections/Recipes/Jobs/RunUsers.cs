using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Decides before a run begins whether it can be on behalf of a user: which connections its caller may choose, and what the user has yet to connect.</summary>
public sealed class RunUsers(ConnectionsDbContext db, RunConnectionChoice choice, IConnectLinks links, CurrentAccess current)
{
    /// <summary>
    /// Workato's connection overrides: for the apps that have runtime user connections switched on, the recipe's own
    /// connection or this user's child of it, and never somebody else's. A null stands for the recipe's own.
    /// </summary>
    internal async Task<Result<IReadOnlyDictionary<string, int>>> OverridesAsync(Recipe recipe, string? externalId, IReadOnlyDictionary<string, int?> chosen, CancellationToken cancel)
    {
        var (problems, overrides) = (new ProblemList(), new Dictionary<string, int>());
        if (externalId is { Length: 0 }) problems.Add("external_id", "can't be blank; leave it out to run with the recipe's own connections");
        if (externalId?.Length > Connection.MaxExternalIdLength) problems.Add("external_id", $"is too long (maximum is {Connection.MaxExternalIdLength} characters)");
        if (externalId?.Contains('\0', StringComparison.Ordinal) == true) problems.Add("external_id", "must not contain the character U+0000");
        if (problems.Any) return problems.ToRefusal();

        var ids = chosen.Values.OfType<int>().ToList();
        var found = ids.Count == 0 ? [] : await db.ConnectionsIn(current.Access.Projects).Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Provider, c.ParentId, c.ExternalId }).ToDictionaryAsync(c => c.Id, cancel);
        foreach (var (provider, id) in chosen)
        {
            var field = $"connections.{provider}";
            if (recipe.Connections.Find(c => c.Provider == provider) is not { } of) problems.Add(field, "is no connector of this recipe");
            else if ((id ?? of.ConnectionId) == of.ConnectionId && of.ConnectionId is { } own) overrides[provider] = own;
            else if (id is not { } other) continue;
            else if (!of.RuntimeUserConnections) problems.Add(field, "has no runtime user connections switched on in the recipe's settings, so its connection cannot be chosen by the caller");
            else if (!found.TryGetValue(other, out var given)) problems.Add(field, $"there is no connection {other}");
            else if (given.Provider != provider) problems.Add(field, $"connection {other} is one of {given.Provider}, not of {provider}");
            else if (given.ExternalId is null || given.ParentId != of.ConnectionId) problems.Add(field, $"connection {other} is no runtime user connection of {of.ConnectionId}, the recipe's own; allowed are that one and its user's");
            else if (given.ExternalId != externalId) problems.Add(field, $"connection {other} belongs to another user; a call on behalf of that user names them in external_id");
            else overrides[provider] = other;
        }

        if (problems.Any) return problems.ToRefusal();
        return current.Access.Check(Privilege.UseConnections) is { } mayNot && overrides.Any(o => recipe.Connections.Find(c => c.Provider == o.Key)!.ConnectionId != o.Value) ? mayNot : overrides;
    }

    /// <summary>What this user has yet to connect, with links; null where nothing is missing.</summary>
    internal async Task<Refusal?> MissingAsync(Recipe recipe, string? externalId, IReadOnlyDictionary<string, int> overrides, CancellationToken cancel)
    {
        if (externalId is null) return null;
        var connections = await choice.OfAsync(externalId, overrides, recipe.Connections, cancel);
        var missing = recipe.Connections.Where(c => connections.Of(c.Provider).Refusal is { Kind: RefusalKind.UserNotConnected }).Select(c => c.ConnectionId!.Value).ToList();
        if (missing.Count == 0) return null;
        var made = await links.MakeAsync(externalId, missing, cancel);
        return made.Refusal ?? new(RefusalKind.UserNotConnected, $"'{externalId}' has to connect {(missing.Count == 1 ? "an app" : $"{missing.Count} apps")} first. Show each link in 'connect' to that user alone, then call again; nothing was started.") { Connect = made.Value! };
    }
}
