namespace Workato.Connections.Privileges;

/// <summary>A role that is there from the first start.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Privileges">What it allows.</param>
public sealed record SystemRole(string Name, string Description, IReadOnlyList<Privilege> Privileges);

/// <summary>Workato's system roles (docs.workato.com, privileges), with what is ours beside them.</summary>
public static class SystemRoles
{
    private static readonly string[] Operating = ["Projects", "Folders"];
    private static readonly string[] Building = ["Projects", "Folders", "Connections", "Recipes", "Runtime user connections"];

    /// <summary>Everything, also making others owners. There is always one.</summary>
    public static SystemRole Owner { get; } = new("Owner", "Everything, and the only role that makes others owners.", Of(_ => true));

    /// <summary>Everything but the ownership.</summary>
    public static SystemRole Admin { get; } = new("Admin", "Everything but making others owners.", Of(n => n.Privilege != Privilege.OwnWorkspace));

    /// <summary>Builds: projects, connections and recipes, with the OAuth apps that are there.</summary>
    public static SystemRole Analyst { get; } = new(
        "Analyst", "Builds: projects, connections and recipes.", Of(n => Building.Contains(n.Resource) || n.Privilege == Privilege.ReadOAuthProfiles));

    /// <summary>Runs recipes and reads how they went. Connections are not an operator's business.</summary>
    public static SystemRole Operator { get; } = new(
        "Operator", "Runs recipes and reads how they went.",
        Of(n => (Operating.Contains(n.Resource) && n.Verb == "read") || n.Privilege is Privilege.ReadRecipes or Privilege.RunRecipes or Privilege.ReadRunHistoryOfRecipes));

    /// <summary>All four.</summary>
    public static IReadOnlyList<SystemRole> All { get; } = [Owner, Admin, Analyst, Operator];

    private static List<Privilege> Of(Func<PrivilegeName, bool> has) => [.. PrivilegeCatalog.All.Where(has).Select(n => n.Privilege)];
}
