using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;

namespace Workato.Connections.Privileges;

/// <summary>What is to be given to a person or a program. When changing somebody, null leaves it as it is.</summary>
/// <param name="RoleId">The role.</param>
/// <param name="AllProjects">Whether it counts in all projects, also those that are made later.</param>
/// <param name="ProjectIds">Otherwise in which.</param>
public sealed record Grant(int? RoleId = null, bool? AllProjects = null, IReadOnlyList<int>? ProjectIds = null);

/// <summary>What somebody has.</summary>
/// <param name="Role">The role.</param>
/// <param name="AllProjects">Whether it counts everywhere.</param>
/// <param name="ProjectIds">Otherwise in which projects.</param>
public sealed record Granted(Role Role, bool AllProjects, List<int> ProjectIds)
{
    /// <summary>What that allows.</summary>
    public Access Access => Role.In(AllProjects, ProjectIds);

    /// <summary>The projects as the audit log says them.</summary>
    public string Projects => AllProjects ? "all" : ProjectIds.Count == 0 ? "none" : string.Join(", ", ProjectIds);
}

/// <summary>Says which projects there are. They lie in a folder this one may not use.</summary>
public interface IProjectDirectory
{
    /// <summary>Those of these ids that are projects.</summary>
    Task<IReadOnlyCollection<int>> ThereAsync(IReadOnlyCollection<int> ids, CancellationToken cancel);
}

/// <summary>
/// The one rule for whoever gives something away: nobody gives more than they have, and nobody changes somebody who has
/// more. What it refuses is written into the audit log.
/// </summary>
public sealed class Grants(ConnectionsDbContext db, CurrentAccess current, IProjectDirectory projects, WhoActs who, AuditTally tally)
{
    /// <summary>What somebody would have then, or why not. <paramref name="held"/> is what they have now; null: somebody new.</summary>
    public async Task<Result<Granted>> DecideAsync(Audited to, Grant wanted, Granted? held, CancellationToken cancel)
    {
        if (held is not null && CheckHeld(to, held.Access) is { } more) return more;
        var role = wanted.RoleId is { } id ? await db.Set<Role>().SingleOrDefaultAsync(r => r.Id == id, cancel) : held?.Role;
        var all = wanted.AllProjects ?? (wanted.ProjectIds is null && held?.AllProjects == true);
        var ids = all ? [] : wanted.ProjectIds?.Distinct().Order().ToList() ?? held?.ProjectIds ?? [];

        var problems = new ProblemList();
        if (role is null) problems.Add("role_id", wanted.RoleId is null ? "can't be blank" : $"there is no role {wanted.RoleId}");
        if (wanted is { AllProjects: true, ProjectIds.Count: > 0 }) problems.Add("project_ids", "must be left out where all projects are given");
        else if (!all && ids.Count == 0) problems.Add("project_ids", "choose at least one, or all projects");
        if (wanted.ProjectIds is not null && CheckReach(to, ids) is { } beyond) return beyond;
        if (wanted.ProjectIds is not null && await MissingAsync(ids, cancel) is { Count: > 0 } missing) problems.Add("project_ids", $"there is no project {string.Join(", ", missing)}");
        if (problems.Any) return problems.ToRefusal();

        var given = new Granted(role!, all, ids);
        return CheckGiven(to, given.Access) is { } refusal ? refusal : given;
    }

    /// <summary>Why this may not be given away; null: it may.</summary>
    public Refusal? CheckGiven(Audited to, Access given)
    {
        if (current.Access.Covers(given)) return null;
        return Extra(given) is { } extra
            ? Refuse(to, $"You may not give the role '{given.Role}': it allows to {extra}. Nobody gives away more than they have.")
            : Refuse(to, "You may not give access to all projects: you have access to chosen ones only. Name projects of yours.");
    }

    /// <summary>Why somebody, or a role, that has this may not be changed; null: may be.</summary>
    public Refusal? CheckHeld(Audited whose, Access held)
    {
        if (current.Access.Covers(held)) return null;
        return Refuse(whose, Extra(held) is { } extra
            ? $"You may not change '{whose.Name}': the role '{held.Role}' allows to {extra}. Nobody changes somebody who may do more."
            : $"You may not change '{whose.Name}', which has access to projects that you have not.");
    }

    /// <summary>Refuses in words, and has it written down.</summary>
    public Refusal Refuse(Audited what, string message)
    {
        tally.Count(who.Actor, AuditEvents.AccessRefused, what, message);
        return new(RefusalKind.Forbidden, message);
    }

    /// <summary>Why these projects may not be given: they are not among one's own. Whether they are there at all is nobody's business then.</summary>
    public Refusal? CheckReach(Audited to, IEnumerable<int> projectIds)
    {
        var beyond = projectIds.Where(id => !current.Access.Projects.Contains(id)).ToList();
        if (beyond.Count == 0) return null;
        var refusal = Refuse(to, $"You may not give access to the project {string.Join(", ", beyond)}: you have none yourself.");
        return refusal with { Errors = new Dictionary<string, string[]> { ["project_ids"] = [$"{string.Join(", ", beyond)} is not among your projects"] } };
    }

    private async Task<List<int>> MissingAsync(List<int> ids, CancellationToken cancel) => [.. ids.Except(await projects.ThereAsync(ids, cancel))];

    // The first thing it allows that oneself may not do, in words.
    private string? Extra(Access other)
    {
        var extra = other.Privileges.Where(p => !current.Access.May(p)).Order().Select(PrivilegeCatalog.Name).FirstOrDefault();
        return extra is null ? null : $"{extra.Words} ('{extra.Resource}: {extra.Verb}'), which your own role '{current.Access.Role}' does not";
    }
}
