using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Api.Privileges;

/// <summary>What a member is to be given. When changing, what is left out stays as it is.</summary>
internal record MemberBody
{
    /// <summary>Workato's way to name the role. There is one environment here: where several are named, all must have the same role.</summary>
    public IReadOnlyList<EnvRole>? EnvRoles { get; init; }

    /// <summary>The role by its name, see <c>GET /api/roles</c>.</summary>
    public string? Role { get; init; }

    /// <summary>Or by its id.</summary>
    public int? RoleId { get; init; }

    /// <summary>Whether the member has access to all projects, also those that are made later.</summary>
    public bool? AllFolders { get; init; }

    /// <summary>Otherwise to which: the root folder of a project, or any folder in it. Access is always to whole projects.</summary>
    public IReadOnlyList<int>? FolderIds { get; init; }

    /// <summary>The role's id, or what is wrong with how it is named; null where it is not.</summary>
    public Result<int?> RoleOf(IReadOnlyList<Role> roles)
    {
        if (EnvRoles?.Any(r => !Environments.All.Contains(r?.EnvironmentType)) == true) return Refusal.Invalid("env_roles", $"environment_type must be one of {string.Join(", ", Environments.All)}");
        string?[] names = [.. new[] { Role }.Concat(EnvRoles?.Select(r => r.Name) ?? []).Where(n => n is not null).Distinct()];
        if (names.Length > 1 || (names.Length == 1 && RoleId is not null)) return Refusal.Invalid("role", "name one role: there is one environment here");
        if (names.Length == 0) return RoleId;
        var field = Role is null ? "env_roles" : "role";
        return roles.FirstOrDefault(r => r.Name == names[0]) is { } found ? found.Id : Refusal.Invalid(field, $"there is no role '{names[0]}'; allowed: {string.Join(", ", roles.Select(r => r.Name))}");
    }
}

/// <summary>Somebody to be invited.</summary>
internal sealed record InvitationBody : MemberBody
{
    /// <summary>The address they sign in with.</summary>
    public string? Email { get; init; }

    /// <summary>As people say it; what the first sign-in says takes its place.</summary>
    public string? Name { get; init; }
}

/// <summary>A role in one of Workato's environments.</summary>
/// <param name="EnvironmentType">Here always <c>dev</c>.</param>
/// <param name="Name">The role's name.</param>
internal sealed record EnvRole(string EnvironmentType, string Name);

/// <summary>Workato's envelope of members.</summary>
internal sealed record MembersAnswer(IReadOnlyList<MemberResponse> Data, int Total);

/// <summary>A member, in Workato's shape; <c>role_id</c> and what follows is ours.</summary>
/// <param name="Id">The id.</param>
/// <param name="GrantType">Always <c>team</c>.</param>
/// <param name="Roles">The role, by environment: there is one.</param>
/// <param name="ExternalId">Who they are at the identity provider; null until they signed in there.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="TimeZone">Always <c>UTC</c>.</param>
/// <param name="CreatedAt">When the person was invited or came.</param>
/// <param name="RoleId">The role.</param>
/// <param name="RoleFromGroups">Whether the role follows from the groups at sign-in.</param>
/// <param name="AllFolders">Whether the member has access to all projects.</param>
/// <param name="FolderIds">Otherwise the root folders of those they have.</param>
/// <param name="LastSignInAt">When the person last signed in; null: invited, and not come yet.</param>
internal sealed record MemberResponse(
    int Id, string GrantType, IReadOnlyList<EnvRole> Roles, string? ExternalId, string Name, string Email, string TimeZone, DateTimeOffset CreatedAt,
    int RoleId, bool RoleFromGroups, bool AllFolders, IReadOnlyList<int> FolderIds, DateTimeOffset? LastSignInAt)
{
    public static MemberResponse From(Member m, IReadOnlyDictionary<int, int> roots) => new(
        m.Id, "team", [new(Environments.One, m.Role.Name)], m.Subject, m.Name, m.Email, "UTC", m.CreatedAt,
        m.RoleId, m.HasRoleOfGroups, m.AllProjects, ApiClientResponse.FoldersOf(m.ProjectIds, roots), m.SignedInAt);
}

/// <summary>Workato's envelope of what a member may do, by environment.</summary>
internal sealed record MemberPrivilegesAnswer(IReadOnlyList<MemberPrivileges> Data);

/// <summary>What a member may do.</summary>
internal sealed record MemberPrivileges(string EnvironmentType, string Name, IReadOnlyDictionary<string, string[]> Privileges, bool AllFolders, IReadOnlyList<int> FolderIds);

/// <summary>The answer to a removal.</summary>
/// <param name="Success">Always true.</param>
/// <param name="AuthorizedConnections">The connections, among those within reach, that the person authorized: newest first, up to 100. They go on working.</param>
/// <param name="HasMore">Whether there are more.</param>
internal sealed record RemovedMemberAnswer(bool Success, IReadOnlyList<AuthorizedConnection> AuthorizedConnections, bool HasMore);

/// <summary>A connection somebody authorized.</summary>
internal sealed record AuthorizedConnection(int Id, string Name, string Provider, AuthorizationStatus? AuthorizationStatus);
