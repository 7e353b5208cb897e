using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Privileges;

/// <summary>Nobody gives away more than they have, and nobody changes somebody who has more.</summary>
public abstract class GrantsTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Access Admin(params int[] projects) => People.Of(SystemRoles.Admin, projects);

    [Fact]
    public async Task An_admin_makes_nobody_an_owner()
    {
        var refused = (await InviteAsync(Admin(), "crown@example.com", new(RoleIds.Owner, AllProjects: true))).Refused();

        refused.Kind.ShouldBe(RefusalKind.Forbidden);
        refused.Message.ShouldBe("You may not give the role 'Owner': it allows to make somebody an owner, or take that away ('Workspace: own'), which your own role 'Admin' does not. Nobody gives away more than they have.");
        (await workspace.AuditAsync(AuditEvents.AccessRefused, null)).ShouldContain(e => e.Reason == refused.Message && e.ResourceName == "crown@example.com" && e.ActorName == "Somebody");
        (await workspace.AskAsync<Members, int>(m => m.CountAsync("crown", Cancel))).ShouldBe(0);
    }

    [Fact]
    public async Task An_admin_does_not_touch_an_owner()
    {
        var owner = await workspace.JoinAsync("untouched@example.com", RoleIds.Owner);

        (await ChangeAsync(Admin(), owner.Id, new(RoleIds.Operator))).Refused().Message.ShouldBe(
            "You may not change 'untouched@example.com': the role 'Owner' allows to make somebody an owner, or take that away ('Workspace: own'), which your own role 'Admin' does not. Nobody changes somebody who may do more.");
        (await workspace.AskAsAsync<Members, Result<Member>>(Admin(), m => m.RemoveAsync(owner.Id, Cancel))).Refused().Kind.ShouldBe(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task Who_has_chosen_projects_gives_those_alone()
    {
        var (mine, other) = (await workspace.ProjectAsync("Mine"), await workspace.ProjectAsync("Not mine"));

        (await InviteAsync(Admin(mine), "mine@example.com", new(RoleIds.Analyst, ProjectIds: [mine]))).Granted();
        (await InviteAsync(Admin(mine), "all@example.com", new(RoleIds.Analyst, AllProjects: true))).Refused().Message.ShouldBe("You may not give access to all projects: you have access to chosen ones only. Name projects of yours.");
        var refused = (await InviteAsync(Admin(mine), "other@example.com", new(RoleIds.Analyst, ProjectIds: [mine, other]))).Refused();
        (refused.Kind, refused.Message).ShouldBe((RefusalKind.Forbidden, $"You may not give access to the project {other}: you have none yourself."));
        refused.Errors.Keys.ShouldBe(["project_ids"]);
    }

    [Fact]
    public async Task Whether_a_project_out_of_reach_is_there_is_not_told()
    {
        var mine = await workspace.ProjectAsync("Reached");
        var other = await workspace.ProjectAsync("Not reached");

        var there = (await InviteAsync(Admin(mine), "a@example.com", new(RoleIds.Analyst, ProjectIds: [other]))).Refused();
        var gone = (await InviteAsync(Admin(mine), "a@example.com", new(RoleIds.Analyst, ProjectIds: [999999]))).Refused();

        there.Message.Replace($"{other}", "999999", StringComparison.Ordinal).ShouldBe(gone.Message);
    }

    [Fact]
    public async Task Who_has_chosen_projects_does_not_touch_somebody_with_more()
    {
        var mine = await workspace.ProjectAsync("Small");
        var member = await workspace.JoinAsync("wide@example.com", RoleIds.Operator);

        (await ChangeAsync(Admin(mine), member.Id, new(ProjectIds: [mine]))).Refused().Message.ShouldBe("You may not change 'wide@example.com', which has access to projects that you have not.");
    }

    [Fact]
    public async Task Nobody_puts_into_a_role_what_they_have_not()
    {
        var (reader, held) = (await workspace.RoleAsync("Small role", Privilege.ReadConnections), await workspace.RoleAsync("Held everywhere", Privilege.ReadConnections));
        await workspace.JoinAsync("everywhere@example.com", held.Id);
        var clerk = new Access("Clerk", [Privilege.ReadConnections, Privilege.UpdateRoles, Privilege.CreateRoles], ProjectScope.Of([1]));

        (await RolesAsync(clerk, r => r.CreateAsync(new("More", null, [Privilege.ReadAudit]), Cancel))).Refused().Message.ShouldContain("it allows to read the audit log ('Activity audit: read'), which your own role 'Clerk' does not");
        (await RolesAsync(clerk, r => r.UpdateAsync(reader.Id, new(Privileges: [Privilege.ReadAudit]), Cancel))).Refused().Kind.ShouldBe(RefusalKind.Forbidden);
        (await RolesAsync(clerk, r => r.CopyAsync(RoleIds.Admin, null, Cancel))).Refused().Kind.ShouldBe(RefusalKind.Forbidden);
        (await RolesAsync(clerk, r => r.UpdateAsync(held.Id, new("Renamed"), Cancel))).Refused().Message.ShouldBe("You may not change 'Held everywhere', which has access to projects that you have not.");
        (await RolesAsync(clerk, r => r.UpdateAsync(reader.Id, new("Still small", null, [Privilege.ReadConnections]), Cancel))).Granted();
    }

    [Fact]
    public async Task Nobody_gets_at_the_token_of_a_client_that_may_do_more()
    {
        var client = (await workspace.AskAsync<ApiClients, Result<(ApiClient Client, Secret)>>(c => c.CreateAsync("Mighty", Cancel))).Granted().Client;

        (await workspace.AskAsAsync<ApiClients, Result<(ApiClient, Secret)>>(Admin(), c => c.RegenerateAsync(client.Id, Cancel))).Refused().Kind.ShouldBe(RefusalKind.Forbidden);
        (await workspace.AskAsAsync<ApiClients, Result<ApiClient>>(Admin(), c => c.UpdateAsync(client.Id, new() { AllowedNetworks = [] }, Cancel))).Refused().Kind.ShouldBe(RefusalKind.Forbidden);
        (await workspace.AskAsAsync<ApiClients, Result<bool>>(Admin(), c => c.DeleteAsync(client.Id, Cancel))).Refused().Kind.ShouldBe(RefusalKind.Forbidden);
        (await workspace.AskAsAsync<ApiClients, Result<(ApiClient, Secret)>>(Admin(), c => c.CreateAsync("Mightier", Cancel))).Refused().Kind.ShouldBe(RefusalKind.Forbidden);
        (await workspace.AskAsync<ApiClients, ApiClient?>(c => c.FindAsync(client.Id, Cancel)))!.TokenHash.ShouldBe(client.TokenHash);
    }

    [Fact]
    public async Task Refusals_are_summed_in_the_audit_log()
    {
        var mine = await workspace.ProjectAsync("Summed");
        for (var i = 0; i < 3; i++) await InviteAsync(Admin(mine), "summed@example.com", new(RoleIds.Analyst, AllProjects: true));

        await workspace.Services.GetRequiredService<AuditTally>().WriteAsync(Cancel);
        (await workspace.AuditAsync(AuditEvents.AccessRefused, null)).Single(e => e.ResourceName == "summed@example.com").Count.ShouldBe(3);
    }

    private Task<Result<Member>> InviteAsync(Access access, string email, Grant grant) => workspace.AskAsAsync<Members, Result<Member>>(access, m => m.InviteAsync(new(email, null, grant), Cancel));

    private Task<Result<Member>> ChangeAsync(Access access, int id, Grant grant) => workspace.AskAsAsync<Members, Result<Member>>(access, m => m.ChangeAsync(id, grant, Cancel));

    private Task<Result<Role>> RolesAsync(Access access, Func<Roles, Task<Result<Role>>> ask) => workspace.AskAsAsync(access, ask);
}

public sealed class GrantsOnSqlite(SqliteWorkspace workspace) : GrantsTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class GrantsOnPostgres(PostgresWorkspace workspace) : GrantsTests(workspace), IClassFixture<PostgresWorkspace>;
