using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes.Apps;

namespace Workato.Connections.Recipes;

/// <summary>
/// Runtime user connections, switched on and off by app. Only recipes that know on whose behalf they run can have them, and
/// only for apps to which a user signs in on a link.
/// </summary>
public sealed class RuntimeUserSwitch(ConnectionsDbContext db, RecipeApps apps, CurrentAccess current)
{
    /// <summary>Whether it can be switched on for recipes of this type.</summary>
    public static bool IsFor(RecipeType type) => type is RecipeType.Callable or RecipeType.Workbot;

    /// <summary>For which connectors it is on after the change; adds what is wrong with that.</summary>
    internal async Task<IReadOnlySet<string>> CheckAsync(ProblemList problems, Recipe? recipe, RecipeStep trigger, RecipeChange change, CancellationToken cancel)
    {
        var before = recipe?.Connections.ToDictionary(c => c.Provider) ?? [];
        var (needed, type) = (apps.Connected(trigger), apps.Trigger(trigger)?.Type ?? change.Type ?? recipe?.Type ?? RecipeType.Standard);
        var wanted = change.RuntimeUserConnections ?? new Dictionary<string, bool>();
        foreach (var (provider, isOn) in wanted)
        {
            if (!needed.Contains(provider)) problems.Add("config", $"'{provider}' is no connector of this recipe that needs a connection");
            else if (isOn && !IsFor(type)) problems.Add("config", "has runtime_user_connections, which is for callable and workbot recipes: others do not know on whose behalf they run");
        }

        // What was on goes off with the last step of its app, or when the recipe becomes one that is not for it.
        var on = needed.Where(p => IsFor(type) && (wanted.TryGetValue(p, out var isOn) ? isOn : before.GetValueOrDefault(p)?.RuntimeUserConnections == true)).ToHashSet();
        foreach (var provider in on)
        {
            var id = change.Config?.TryGetValue(provider, out var chosen) == true ? chosen : before.GetValueOrDefault(provider)?.ConnectionId;
            if (id is null) problems.Add("config", $"has runtime_user_connections for '{provider}' without a connection; choose the one whose settings the users' own connections take");
            else if (await WayOfAsync(id.Value, cancel) is { NeedsConsent: false, Words: var way })
                problems.Add("config", $"has runtime_user_connections for '{provider}', whose connection {id} signs in by {way}; users can connect their own only where one signs in by OAuth");
        }

        var isChanged = needed.Any(p => on.Contains(p) != (before.GetValueOrDefault(p)?.RuntimeUserConnections == true));
        if (isChanged && (current.Access.Check(Privilege.ReadRuntimeConnections) ?? current.Access.Check(Privilege.UpdateRuntimeConnections)) is { } mayNot) problems.Add("config", mayNot.Message);
        return on;
    }

    /// <summary>Whether users can sign in by a link as this connection does.</summary>
    public async Task<bool> IsPossibleAsync(int connectionId, CancellationToken cancel) => await WayOfAsync(connectionId, cancel) is { NeedsConsent: true };

    // Null where it is out of reach: that is told by whoever checks the choice of the connection.
    private async Task<(bool NeedsConsent, string Words)?> WayOfAsync(int id, CancellationToken cancel)
    {
        if (await db.ConnectionsIn(current.Access.Projects).Where(c => c.Id == id).Select(c => new { c.Provider, c.SignInBy, c.Settings }).SingleOrDefaultAsync(cancel) is not { } row) return null;
        return apps.Find(row.Provider)?.Connector?.FindWay(row.SignInBy) is { } way ? (way.For(row.Settings).Placement.NeedsConsent, way.Title) : (false, "a way that is not installed any more");
    }
}
