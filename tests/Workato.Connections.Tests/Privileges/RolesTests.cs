using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Privileges;

public abstract class RolesTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_is_made_with_what_it_allows()
    {
        var role = (await CreateAsync(new(" Keeper ", " Keeps ", [Privilege.UseConnections, Privilege.ReadConnections, Privilege.UseConnections]))).Granted();

        var kept = (await FindAsync(role.Id)).ShouldNotBeNull();
        (kept.Name, kept.Description, kept.IsSystem).ShouldBe(("Keeper", "Keeps", false));
        kept.Privileges.ShouldBe([Privilege.ReadConnections, Privilege.UseConnections]);
        (await workspace.AuditAsync(AuditEvents.RoleCreated, role.Id)).ShouldHaveSingleItem().Changes.ShouldBe("""{"name":[null,"Keeper"],"privileges":[null,"Connections: read, Connections: use"]}""");
    }

    [Fact]
    public async Task What_is_wrong_with_a_role_is_said_at_once()
    {
        (await CreateAsync(new())).Refused().Errors.Keys.ShouldBe(["name", "privileges"], ignoreOrder: true);
        (await CreateAsync(new(new('x', 101), new('x', 501), [Privilege.ReadAudit]))).Refused().Errors.Keys.ShouldBe(["name", "description"], ignoreOrder: true);
        (await CreateAsync(new("Second owner", null, [Privilege.OwnWorkspace]))).RefusedField("privileges").ShouldBe("'Workspace: own' belongs to the role Owner alone");
        (await CreateAsync(new("Admin", null, [Privilege.ReadAudit]))).RefusedField("name").ShouldBe("has already been taken");
    }

    [Fact]
    public async Task A_change_counts_and_is_written_down_with_before_and_after()
    {
        var role = await workspace.RoleAsync("Reader", Privilege.ReadConnections);

        (await UpdateAsync(role.Id, new(Privileges: [Privilege.ReadConnections, Privilege.ReadAudit]))).Granted();

        (await FindAsync(role.Id))!.Name.ShouldBe("Reader");
        (await workspace.AuditAsync(AuditEvents.RoleUpdated, role.Id)).ShouldHaveSingleItem().Changes.ShouldBe("""{"privileges":["Connections: read","Connections: read, Activity audit: read"]}""");
    }

    [Fact]
    public async Task A_new_name_that_is_taken_is_refused()
    {
        await workspace.RoleAsync("Taken", Privilege.ReadAudit);
        var role = await workspace.RoleAsync("Free", Privilege.ReadAudit);

        (await UpdateAsync(role.Id, new("Taken"))).RefusedField("name").ShouldBe("has already been taken");
        (await workspace.AuditAsync(AuditEvents.RoleUpdated, role.Id)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(RoleIds.Owner)]
    [InlineData(RoleIds.Admin)]
    [InlineData(RoleIds.Analyst)]
    [InlineData(RoleIds.Operator)]
    public async Task System_roles_are_never_changed(int id)
    {
        (await UpdateAsync(id, new(Privileges: [Privilege.ReadAudit]))).Refused().Message.ShouldEndWith("is the product's own and cannot be changed. Copy it and change the copy.");
        (await DeleteAsync(id)).Refused().Message.ShouldEndWith("is the product's own and cannot be deleted.");
    }

    [Fact]
    public async Task A_copy_of_the_owners_role_does_not_make_owners()
    {
        var copy = (await CopyAsync(RoleIds.Owner)).Granted();
        var second = (await CopyAsync(RoleIds.Owner)).Granted();

        (copy.Name, second.Name).ShouldBe(("Owner copy", "Owner copy 2"));
        copy.Privileges.ShouldBe(SystemRoles.Admin.Privileges);
    }

    [Fact]
    public async Task A_role_that_somebody_has_is_not_deleted_and_says_who_has_it()
    {
        var role = await workspace.RoleAsync("In use", Privilege.ReadConnections);
        var member = await workspace.JoinAsync("holder@example.com", role.Id);
        var client = (await workspace.AskAsync<ApiClients, Result<(ApiClient Client, Secret)>>(c => c.CreateAsync(new ApiClientDraft { Name = "holder", Grant = new(role.Id, AllProjects: true) }, Cancel))).Granted().Client;

        var refused = (await DeleteAsync(role.Id)).Refused();

        refused.Message.ShouldBe($"The role 'In use' is in use by member 'holder@example.com' ({member.Id}), API client 'holder' ({client.Id}). Give them another role first.");
        refused.Users.Select(u => (u.Kind, u.Id)).ShouldBe([("member", member.Id), ("API client", client.Id)]);
    }

    [Fact]
    public async Task Who_was_removed_does_not_keep_a_role_from_being_deleted()
    {
        var role = await workspace.RoleAsync("Of one who left", Privilege.ReadConnections);
        var member = await workspace.JoinAsync("left@example.com", role.Id);
        await workspace.AskAsync<Members, Result<Member>>(m => m.RemoveAsync(member.Id, Cancel));

        (await DeleteAsync(role.Id)).Granted();

        (await FindAsync(role.Id)).ShouldBeNull();
        (await workspace.AuditAsync(AuditEvents.RoleDeleted, role.Id)).ShouldHaveSingleItem();
        (await DeleteAsync(role.Id)).Refused().Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public async Task A_role_that_is_given_while_it_is_deleted_is_one_or_the_other()
    {
        for (var round = 0; round < 5; round++)
        {
            var role = await workspace.RoleAsync($"Race {round}", Privilege.ReadConnections);
            var deleting = Task.Run(() => DeleteAsync(role.Id), Cancel);
            var giving = Task.Run(() => workspace.AskAsync<Members, Result<Member>>(m => m.InviteAsync(new($"race{round}@example.com", null, new(role.Id, AllProjects: true)), Cancel)), Cancel);

            ((await deleting).Refusal is null).ShouldNotBe((await giving).Refusal is null);
        }
    }

    private Task<Result<Role>> CreateAsync(RoleDraft draft) => workspace.AskAsync<Roles, Result<Role>>(r => r.CreateAsync(draft, Cancel));

    private Task<Result<Role>> UpdateAsync(int id, RoleDraft draft) => workspace.AskAsync<Roles, Result<Role>>(r => r.UpdateAsync(id, draft, Cancel));

    private Task<Result<Role>> CopyAsync(int id) => workspace.AskAsync<Roles, Result<Role>>(r => r.CopyAsync(id, null, Cancel));

    private Task<Result<bool>> DeleteAsync(int id) => workspace.AskAsync<Roles, Result<bool>>(r => r.DeleteAsync(id, Cancel));

    private Task<Role?> FindAsync(int id) => workspace.AskAsync<Roles, Role?>(r => r.FindAsync(id, Cancel));
}

public sealed class RolesOnSqlite(SqliteWorkspace workspace) : RolesTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class RolesOnPostgres(PostgresWorkspace workspace) : RolesTests(workspace), IClassFixture<PostgresWorkspace>;
