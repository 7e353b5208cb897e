using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Recipes.Apps;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Decides before a run begins whether it can be on behalf of a user: which connections its caller may choose, and what the user has yet to connect.</summary>
public sealed class RunUsers(ConnectionsDbContext db, RunConnectionChoice choice, IConnectLinks links, CurrentAccess current)
{
    private const int MaxCalled = 50;
    private static readonly Dictionary<string, int> None = [];

    /// <summary>
    /// Workato's connection overrides: for the apps that have runtime user connections switched on, the recipe's own
    /// connection or this user's child of it, and never somebody else's. A null stands for the recipe's own,
    /// whichever that is when the job runs, or is repeated.
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
            else if (id is not { } other) overrides[provider] = RunConnections.Own;
            else if (other == of.ConnectionId) overrides[provider] = other;
            else if (!of.RuntimeUserConnections) problems.Add(field, "has no runtime user connections switched on in the recipe's settings, so its connection cannot be chosen by the caller");
            else if (!found.TryGetValue(other, out var given)) problems.Add(field, $"there is no connection {other}");
            else if (given.Provider != provider) problems.Add(field, $"connection {other} is one of {given.Provider}, not of {provider}");
            else if (given.ExternalId is null || given.ParentId != of.ConnectionId) problems.Add(field, $"connection {other} is no runtime user connection of {of.ConnectionId}, the recipe's own; allowed are that one and its user's");
            else if (given.ExternalId != externalId) problems.Add(field, $"connection {other} belongs to another user; a call on behalf of that user names them in external_id");
            else overrides[provider] = other;
        }

        if (problems.Any) return problems.ToRefusal();
        return current.Access.Check(Privilege.UseConnections) is { } mayNot && overrides.Any(o => o.Value != RunConnections.Own && recipe.Connections.Find(c => c.Provider == o.Key)!.ConnectionId != o.Value) ? mayNot : overrides;
    }

    /// <summary>What this user has yet to connect for this recipe and those it calls, with links; null where nothing is missing.</summary>
    internal async Task<Refusal?> MissingAsync(Recipe recipe, string? externalId, IReadOnlyDictionary<string, int> overrides, CancellationToken cancel)
    {
        if (externalId is null) return null;
        var missing = new SortedSet<int>(await MissingOfAsync(recipe, externalId, overrides, cancel));
        foreach (var called in await CalledAsync(recipe, cancel)) missing.UnionWith(await MissingOfAsync(called, externalId, None, cancel));
        if (missing.Count == 0) return null;
        var made = await links.MakeAsync(externalId, missing, cancel);
        return made.Refusal ?? new(RefusalKind.UserNotConnected, $"'{externalId}' has to connect {(missing.Count == 1 ? "an app" : $"{missing.Count} apps")} first. Show each link in 'connect' to that user alone, then call again; nothing was started.") { Connect = made.Value! };
    }

    private async Task<IEnumerable<int>> MissingOfAsync(Recipe recipe, string externalId, IReadOnlyDictionary<string, int> overrides, CancellationToken cancel)
    {
        var connections = await choice.OfAsync(externalId, overrides, recipe.Connections, cancel);
        return recipe.Connections.Where(c => connections.Of(c.Provider).Refusal is { Kind: RefusalKind.UserNotConnected }).Select(c => c.ConnectionId!.Value);
    }

    // Those that are named by a number. One that is named by a template is known only when it is called, and its job then
    // says what is missing.
    private async Task<List<Recipe>> CalledAsync(Recipe recipe, CancellationToken cancel)
    {
        var (called, seen, next) = (new List<Recipe>(), new HashSet<int> { recipe.Id }, Calls(recipe));
        while (next.Count > 0 && called.Count < MaxCalled)
        {
            var folders = db.Folders;
            var project = await folders.Where(f => f.Id == recipe.FolderId).Select(f => f.ProjectId).SingleAsync(cancel);
            var found = await db.Recipes.AsNoTracking().Include(r => r.Connections)
                .Where(r => next.Contains(r.Id) && r.Type == RecipeType.Callable && folders.Any(f => f.Id == r.FolderId && f.ProjectId == project)).OrderBy(r => r.Id).Take(MaxCalled).ToListAsync(cancel);
            seen.UnionWith(next);
            called.AddRange(found);
            next = [.. found.SelectMany(Calls).Where(id => !seen.Contains(id)).Distinct()];
        }

        return called;
    }

    private static List<int> Calls(Recipe recipe) =>
    [
        .. from step in RecipeReader.Read(recipe.Code).Value?.All ?? []
           where step is { Provider: BuiltInApps.Functions, Name: "call_recipe", Input.ValueKind: JsonValueKind.Object } && step.Input.TryGetProperty("flow_id", out _)
           let id = step.Input.GetProperty("flow_id")
           where int.TryParse(id.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out _)
           select int.Parse(id.ToString(), CultureInfo.InvariantCulture),
    ];
}
