using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;

namespace Workato.Connections.Tests.Support;

/// <summary>Roles, members and API clients in a word.</summary>
public static class People
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What a role that is there from the first start allows.</summary>
    public static Access Of(SystemRole role, params int[] projects) =>
        new(role.Name, [.. role.Privileges], projects.Length == 0 ? ProjectScope.All : ProjectScope.Of(projects));

    extension(Workspace workspace)
    {
        /// <summary>Lets a service work in a scope of its own for somebody who may do so much.</summary>
        public async Task<TResult> AskAsAsync<TService, TResult>(Access access, Func<TService, Task<TResult>> ask)
            where TService : notnull
        {
            await using var scope = workspace.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentAccess>().Access = access;
            scope.ServiceProvider.GetRequiredService<WhoActs>().Actor = new(ActorKind.Member, 7, "Somebody");
            return await ask(scope.ServiceProvider.GetRequiredService<TService>());
        }

        /// <summary>The audit entries of one event about one thing, oldest first; what was summed is written down before.</summary>
        public async Task<IReadOnlyList<AuditEntry>> AuditAsync(string @event, int? id)
        {
            await workspace.Services.GetRequiredService<AuditTally>().WriteAsync(Cancel);
            return await workspace.DbAsync(db => db.Set<AuditEntry>().AsNoTracking().Where(e => e.Event == @event && e.ResourceId == id).OrderBy(e => e.Id).ToListAsync(Cancel));
        }

        /// <summary>Invites somebody who then signs in for the first time.</summary>
        public async Task<Member> JoinAsync(string email, int role)
        {
            var member = (await workspace.AskAsync<Members, Result<Member>>(m => m.InviteAsync(new(email, null, new(role, AllProjects: true)), Cancel))).Granted();
            var now = workspace.Time.GetUtcNow();
            await workspace.DbAsync(db => db.Set<Member>().Where(m => m.Id == member.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Issuer, "https://id.example").SetProperty(m => m.Subject, email).SetProperty(m => m.SignedInAt, now), Cancel));
            return member;
        }

        /// <summary>Makes a project; its id.</summary>
        public async Task<int> ProjectAsync(string name) =>
            (await workspace.AskAsync<ProjectService, Result<Folder>>(p => p.CreateAsync(name, null, Cancel))).Granted().ProjectId;

        /// <summary>Makes a role of one's own.</summary>
        public async Task<Role> RoleAsync(string name, params Privilege[] privileges) =>
            (await workspace.AskAsync<Roles, Result<Role>>(r => r.CreateAsync(new(name, null, privileges), Cancel))).Granted();
    }
}
