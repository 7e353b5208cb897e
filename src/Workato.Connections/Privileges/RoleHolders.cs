using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;

namespace Workato.Connections.Privileges;

/// <summary>Who has a role.</summary>
public sealed class RoleHolders(ConnectionsDbContext db)
{
    private const int MaxNamed = 20;

    /// <summary>The people and programs that have it, the first of them.</summary>
    public async Task<IReadOnlyList<ConnectionUser>> OfAsync(int roleId, CancellationToken cancel)
    {
        var people = await db.Set<Member>().Where(m => m.RoleId == roleId && m.RemovedAt == null).OrderBy(m => m.Id).Take(MaxNamed).Select(m => new ConnectionUser("member", m.Id, m.Name)).ToListAsync(cancel);
        var programs = await db.Set<ApiClient>().Where(c => c.RoleId == roleId).OrderBy(c => c.Id).Take(MaxNamed).Select(c => new ConnectionUser("API client", c.Id, c.Name)).ToListAsync(cancel);
        return [.. people.Concat(programs).Take(MaxNamed)];
    }

    /// <summary>How many people and programs have each role, by its id.</summary>
    public async Task<IReadOnlyDictionary<int, (int Members, int Clients)>> CountAsync(CancellationToken cancel)
    {
        var people = await db.Set<Member>().Where(m => m.RemovedAt == null).GroupBy(m => m.RoleId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var programs = await db.Set<ApiClient>().GroupBy(c => c.RoleId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return people.Keys.Union(programs.Keys).ToDictionary(id => id, id => (people.GetValueOrDefault(id), programs.GetValueOrDefault(id)));
    }

    internal static Refusal InUse(Role role, IReadOnlyList<ConnectionUser> users) => Refusal.InUse(
        $"The role '{role.Name}' is in use by {ConnectionUser.Names(users)}{(users.Count == MaxNamed ? " and perhaps others" : "")}. Give them another role first.", users);

    /// <summary>The projects it counts in: all that anybody has it in.</summary>
    internal async Task<ProjectScope> ScopeAsync(int roleId, CancellationToken cancel)
    {
        var people = await db.Set<Member>().Where(m => m.RoleId == roleId && m.RemovedAt == null).Select(m => new { m.AllProjects, m.ProjectIds }).ToListAsync(cancel);
        var programs = await db.Set<ApiClient>().Where(c => c.RoleId == roleId).Select(c => new { c.AllProjects, c.ProjectIds }).ToListAsync(cancel);
        var all = people.Concat(programs).ToList();
        return all.Any(h => h.AllProjects) ? ProjectScope.All : ProjectScope.Of(all.SelectMany(h => h.ProjectIds));
    }

    /// <summary>Those who were removed keep their row, and need no role: any that stays will do.</summary>
    internal Task ForgetRemovedAsync(int roleId, CancellationToken cancel)
    {
        var roles = db.Set<Role>();
        return db.Set<Member>().Where(m => m.RoleId == roleId && m.RemovedAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.RoleId, m => roles.Where(r => r.IsSystem && r.Name == SystemRoles.Operator.Name).Select(r => r.Id).First()), cancel);
    }
}
