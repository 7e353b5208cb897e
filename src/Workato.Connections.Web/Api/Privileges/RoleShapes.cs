using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Api.Privileges;

/// <summary>A role to be made or changed. When changing, what is left out stays as it is.</summary>
internal sealed record RoleBody
{
    /// <summary>Unique, up to 100 characters; needed when making one.</summary>
    public string? Name { get; init; }

    /// <summary>Up to 500 characters.</summary>
    public string? Description { get; init; }

    /// <summary>What it allows: verbs by resource. When changing, it takes the place of what was there.</summary>
    public IReadOnlyDictionary<string, string[]>? Privileges { get; init; }

    /// <summary>Workato's. Access to projects is given to each member and API client here: only true, or left out.</summary>
    public bool? AllFolders { get; init; }

    /// <summary>Workato's. The same: only empty, or left out.</summary>
    public IReadOnlyList<int>? FolderIds { get; init; }

    /// <summary>As the library takes it, or what is wrong by name and what is allowed.</summary>
    public Result<RoleDraft> ToDraft()
    {
        var errors = new Dictionary<string, string[]>();
        var privileges = new List<Privilege>();
        if (AllFolders == false) errors["all_folders"] = [Elsewhere];
        if (FolderIds is { Count: > 0 }) errors["folder_ids"] = [Elsewhere];
        foreach (var (resource, verbs) in Privileges ?? new Dictionary<string, string[]>())
        {
            var known = PrivilegeCatalog.All.Where(n => n.Resource == resource).Select(n => n.Verb).ToArray();
            var unknown = (verbs ?? []).Where(v => !known.Contains(v)).ToArray();
            if (known.Length == 0) errors[$"privileges.{resource}"] = [$"is not a resource; allowed: {string.Join(", ", PrivilegeCatalog.All.Select(n => n.Resource).Distinct())}"];
            else if (unknown.Length > 0) errors[$"privileges.{resource}"] = [$"has no {string.Join(", ", unknown.Select(v => $"'{v}'"))}; allowed: {string.Join(", ", known)}"];
            else privileges.AddRange((verbs ?? []).Select(v => PrivilegeCatalog.Find(resource, v)!.Value));
        }

        return errors.Count > 0 ? Refusal.Invalid(errors) : new RoleDraft(Name, Description, Privileges is null ? null : privileges);
    }

    private const string Elsewhere = "is not of the role here: give access to projects to each member (PUT /api/members/{id}) and API client (PUT /api/developer_api_clients/{id})";
}

/// <summary>How a copy of a role is to be called.</summary>
/// <param name="Name">Unique; "... copy" where it is left out.</param>
internal sealed record CopyBody(string? Name);

/// <summary>A role, in Workato's shape; description and system are ours.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="System">Whether it is the product's own, which nobody changes.</param>
/// <param name="Inheritable">Always false.</param>
/// <param name="FolderIds">Always empty: projects are given to each member and API client.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Privileges">What it allows: verbs by resource.</param>
internal sealed record RoleResponse(
    int Id, string Name, string? Description, bool System, bool Inheritable, IReadOnlyList<int> FolderIds, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyDictionary<string, string[]> Privileges)
{
    public static RoleResponse From(Role r) => new(r.Id, r.Name, r.Description, r.IsSystem, false, [], r.CreatedAt, r.UpdatedAt, PrivilegeCatalog.ByResource(r.Privileges));
}
