namespace Workato.Connections.Privileges;

/// <summary>What one can be allowed to do. Workato's resources and verbs; <see cref="PrivilegeCatalog"/> has their names.</summary>
public enum Privilege
{
#pragma warning disable CS1591 // The catalog says each in words.
    ReadProjects, CreateProjects, UpdateProjects, DeleteProjects,
    ReadFolders, CreateFolders, UpdateFolders, DeleteFolders,
    ReadConnections, CreateConnections, UpdateConnections, DeleteConnections, UseConnections, AuthorizeConnections,
    ReadRecipes, CreateRecipes, UpdateRecipes, DeleteRecipes, RunRecipes, ReadRunHistoryOfRecipes,
    ReadRuntimeConnections, UpdateRuntimeConnections, DeleteRuntimeConnections,
    ReadOAuthProfiles, CreateOAuthProfiles, UpdateOAuthProfiles, DeleteOAuthProfiles,
    ReadApiClients, CreateApiClients, UpdateApiClients, DeleteApiClients,
    ReadMembers, CreateMembers, UpdateMembers, DeleteMembers,
    ReadRoles, CreateRoles, UpdateRoles, DeleteRoles,
    ReadAudit,
    ReadSettings, UpdateSettings,
    OwnWorkspace,
#pragma warning restore CS1591
}
