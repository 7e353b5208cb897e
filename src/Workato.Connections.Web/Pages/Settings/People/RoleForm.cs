using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>The boxes of a role, as <c>_RoleForm.cshtml</c> shows them.</summary>
internal sealed record RoleForm
{
    /// <summary>The verbs most resources have, which get a column each.</summary>
    public static readonly string[] Verbs = ["read", "create", "update", "delete"];

    public string? Name { get; init; }

    public string? Description { get; init; }

    public IReadOnlyCollection<Privilege> Privileges { get; init; } = [];

    /// <summary>What is wrong, by box.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>The resources in the order people read them, each with its privileges. What belongs to the owner alone is not for choosing.</summary>
    public static IEnumerable<IGrouping<string, PrivilegeName>> Resources => PrivilegeCatalog.All.Where(n => n.Privilege != Privilege.OwnWorkspace).GroupBy(n => n.Resource);

    /// <summary>What the pages call a resource, where Workato's roles call it otherwise.</summary>
    public static string Title(string resource) => resource switch
    {
        "Custom OAuth profiles" => "OAuth apps",
        "Developer API" => "API clients",
        "Collaborators" => "Members",
        "Collaborator roles" => "Roles",
        "Activity audit" => "Audit log",
        _ => resource,
    };

    public static RoleForm Of(Role role) => new() { Name = role.Name, Description = role.Description, Privileges = role.Privileges };

    /// <summary>What is wrong with a box, or null.</summary>
    public string? Problem(string field) => Errors.TryGetValue(field, out var problems) ? string.Join("; ", problems) : null;
}

/// <summary>What was put into the boxes.</summary>
internal sealed record RoleInput(string? Name, string? Description, Privilege[]? Privileges)
{
    // A number no privilege has would be taken for one.
    public RoleDraft ToDraft() => new(Name ?? "", Description ?? "", [.. (Privileges ?? []).Where(Enum.IsDefined)]);

    public RoleForm ToForm(Refusal? refusal) => new() { Name = Name, Description = Description, Privileges = Privileges ?? [], Errors = refusal?.Errors ?? new Dictionary<string, string[]>() };
}
