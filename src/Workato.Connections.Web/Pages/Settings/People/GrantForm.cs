using Workato.Connections.Privileges;
using Workato.Connections.Projects;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>The boxes by which a role and projects are given, as <c>_Grant.cshtml</c> shows them.</summary>
internal sealed record GrantForm
{
    /// <summary>The roles one may give.</summary>
    public required IReadOnlyList<Role> Roles { get; init; }

    /// <summary>The projects one may give.</summary>
    public required IReadOnlyList<Project> Projects { get; init; }

    /// <summary>Whether one may give all.</summary>
    public required bool MayGiveAll { get; init; }

    /// <summary>The chosen role.</summary>
    public int? RoleId { get; init; }

    /// <summary>Whether all projects are chosen.</summary>
    public bool AllProjects { get; init; }

    /// <summary>Otherwise which.</summary>
    public IReadOnlyCollection<int> ProjectIds { get; init; } = [];

    /// <summary>What is wrong, by box.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>What is wrong with a box, or null.</summary>
    public string? Problem(string field) => Errors.TryGetValue(field, out var problems) ? string.Join("; ", problems) : null;
}

/// <summary>What was put into the boxes.</summary>
/// <param name="RoleId">The role.</param>
/// <param name="Reach"><c>all</c>, or <c>chosen</c>.</param>
/// <param name="ProjectIds">The chosen projects; what was ticked before "all" was chosen does not count.</param>
internal sealed record GrantInput(int? RoleId, string? Reach, int[]? ProjectIds)
{
    public bool IsAll => Reach == "all";

    public Grant ToGrant() => new(RoleId, IsAll, IsAll ? null : ProjectIds ?? []);
}

/// <summary>Fills the boxes: with what one may give, no more.</summary>
internal sealed class GrantForms(Roles roles, ProjectDirectory projects, CurrentAccess current)
{
    public async Task<GrantForm> EmptyAsync(CancellationToken cancel) => new()
    {
        Roles = [.. (await roles.ListAsync(cancel)).Where(r => r.Privileges.TrueForAll(current.Access.May))],
        Projects = await projects.ReachedAsync(cancel),
        MayGiveAll = current.Access.Projects.IsAll,
    };

    public async Task<GrantForm> OfAsync(Granted held, CancellationToken cancel) =>
        await EmptyAsync(cancel) with { RoleId = held.Role.Id, AllProjects = held.AllProjects, ProjectIds = held.ProjectIds };

    public async Task<GrantForm> OfAsync(GrantInput input, Refusal? refusal, CancellationToken cancel) =>
        await EmptyAsync(cancel) with { RoleId = input.RoleId, AllProjects = input.IsAll, ProjectIds = input.ProjectIds ?? [], Errors = refusal?.Errors ?? new Dictionary<string, string[]>() };

    /// <summary>A refusal in the words of the boxes.</summary>
    public static Refusal? Named(Refusal? refusal) => refusal is null ? null : refusal with
    {
        Errors = refusal.Errors.ToDictionary(e => e.Key switch { "role_id" => "role", "project_ids" => "projects", "ip_allow_list" => "networks", "expires_at" => "end", var same => same }, e => e.Value),
    };

    /// <summary>Projects as a list shows them: those out of reach without their names.</summary>
    public static string Say(bool all, IReadOnlyCollection<int> ids, IReadOnlyList<Project> known)
    {
        if (all) return "All";
        var names = known.Where(p => ids.Contains(p.Id)).Select(p => p.Name).ToList();
        var others = ids.Count - names.Count;
        if (others > 0) names.Add(names.Count == 0 ? $"{others} that you cannot see" : $"{others} more");
        return names.Count == 0 ? "None" : string.Join(", ", names);
    }
}
