using System.Collections.Frozen;

namespace Workato.Connections.Privileges;

/// <summary>A privilege with its names.</summary>
/// <param name="Privilege">Which.</param>
/// <param name="Resource">What it is about, as Workato's roles call it.</param>
/// <param name="Verb">What it allows there, as Workato's roles call it; <c>use</c>, <c>authorize</c> and <c>own</c> are ours.</param>
/// <param name="Words">The same for a person, behind "You may not".</param>
public sealed record PrivilegeName(Privilege Privilege, string Resource, string Verb, string Words);

/// <summary>All privileges by the names they have in Workato's <c>GET /api/roles</c>.</summary>
public static class PrivilegeCatalog
{
    /// <summary>All, in the order people read them.</summary>
    public static IReadOnlyList<PrivilegeName> All { get; } =
    [
        new(Privilege.ReadProjects, "Projects", "read", "see projects"),
        new(Privilege.CreateProjects, "Projects", "create", "make projects"),
        new(Privilege.UpdateProjects, "Projects", "update", "change projects"),
        new(Privilege.DeleteProjects, "Projects", "delete", "delete projects"),
        new(Privilege.ReadFolders, "Folders", "read", "see folders"),
        new(Privilege.CreateFolders, "Folders", "create", "make folders"),
        new(Privilege.UpdateFolders, "Folders", "update", "change folders"),
        new(Privilege.DeleteFolders, "Folders", "delete", "delete folders"),
        new(Privilege.ReadConnections, "Connections", "read", "see connections"),
        new(Privilege.CreateConnections, "Connections", "create", "create connections"),
        new(Privilege.UpdateConnections, "Connections", "update", "change or disconnect connections"),
        new(Privilege.DeleteConnections, "Connections", "delete", "delete connections"),
        new(Privilege.UseConnections, "Connections", "use", "call an app through a connection, test it, or bind it in a recipe"),
        new(Privilege.AuthorizeConnections, "Connections", "authorize", "connect connections: give credentials, or sign in at the app"),
        new(Privilege.ReadRecipes, "Recipes", "read", "see recipes"),
        new(Privilege.CreateRecipes, "Recipes", "create", "make recipes"),
        new(Privilege.UpdateRecipes, "Recipes", "update", "change recipes"),
        new(Privilege.DeleteRecipes, "Recipes", "delete", "delete recipes"),
        new(Privilege.RunRecipes, "Recipes", "run", "start and stop recipes"),
        new(Privilege.ReadRunHistoryOfRecipes, "Recipes", "read_run_history", "see the jobs of recipes"),
        new(Privilege.ReadRuntimeConnections, "Runtime user connections", "read", "see runtime user connections"),
        new(Privilege.UpdateRuntimeConnections, "Runtime user connections", "update", "disconnect runtime user connections, or switch them on for a recipe"),
        new(Privilege.DeleteRuntimeConnections, "Runtime user connections", "delete", "delete runtime user connections"),
        new(Privilege.ReadOAuthProfiles, "Custom OAuth profiles", "read", "see OAuth apps"),
        new(Privilege.CreateOAuthProfiles, "Custom OAuth profiles", "create", "add OAuth apps"),
        new(Privilege.UpdateOAuthProfiles, "Custom OAuth profiles", "update", "change OAuth apps"),
        new(Privilege.DeleteOAuthProfiles, "Custom OAuth profiles", "delete", "remove OAuth apps"),
        new(Privilege.ReadApiClients, "Developer API", "read", "see API clients"),
        new(Privilege.CreateApiClients, "Developer API", "create", "make API clients"),
        new(Privilege.UpdateApiClients, "Developer API", "update", "change API clients or give them new tokens"),
        new(Privilege.DeleteApiClients, "Developer API", "delete", "remove API clients"),
        new(Privilege.ReadMembers, "Collaborators", "read", "see members"),
        new(Privilege.CreateMembers, "Collaborators", "create", "invite members"),
        new(Privilege.UpdateMembers, "Collaborators", "update", "change the role and projects of members"),
        new(Privilege.DeleteMembers, "Collaborators", "delete", "remove members"),
        new(Privilege.ReadRoles, "Collaborator roles", "read", "see roles"),
        new(Privilege.CreateRoles, "Collaborator roles", "create", "make roles"),
        new(Privilege.UpdateRoles, "Collaborator roles", "update", "change roles"),
        new(Privilege.DeleteRoles, "Collaborator roles", "delete", "delete roles"),
        new(Privilege.ReadAudit, "Activity audit", "read", "read the audit log"),
        new(Privilege.ReadSettings, "Workspace settings", "read", "see the workspace's settings"),
        new(Privilege.UpdateSettings, "Workspace settings", "update", "change the workspace's settings"),
        new(Privilege.OwnWorkspace, "Workspace", "own", "make somebody an owner, or take that away"),
    ];

    private static readonly FrozenDictionary<Privilege, PrivilegeName> Names = All.ToFrozenDictionary(n => n.Privilege);

    private static readonly FrozenDictionary<(string, string), Privilege> Privileges = All.ToFrozenDictionary(n => (n.Resource, n.Verb), n => n.Privilege);

    /// <summary>The names of one.</summary>
    public static PrivilegeName Name(Privilege privilege) => Names[privilege];

    /// <summary>The one of this name, or null.</summary>
    public static Privilege? Find(string resource, string verb) => Privileges.TryGetValue((resource, verb), out var found) ? found : null;

    /// <summary>In Workato's shape: verbs by resource.</summary>
    public static IReadOnlyDictionary<string, string[]> ByResource(IEnumerable<Privilege> privileges) =>
        privileges.Order().Select(Name).GroupBy(n => n.Resource).ToDictionary(g => g.Key, g => g.Select(n => n.Verb).ToArray());
}
