using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Privileges;

public abstract class MembersTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Grant Analyst = new(RoleIds.Analyst, AllProjects: true);

    [Fact]
    public async Task Who_is_invited_is_a_member_that_has_not_come_yet()
    {
        var project = await workspace.ProjectAsync("Invited");

        var invited = (await InviteAsync(" Ada@Example.com ", new(RoleIds.Operator, ProjectIds: [project, project]))).Granted();

        var member = (await FindAsync(invited.Id)).ShouldNotBeNull();
        (member.Email, member.Name, member.Role.Name, member.AllProjects).ShouldBe(("ada@example.com", "ada@example.com", "Operator", false));
        (member.SignedInAt, member.Subject).ShouldBe((null, null));
        member.ProjectIds.ShouldBe([project]);
        (await workspace.AuditAsync(AuditEvents.MemberInvited, member.Id)).ShouldHaveSingleItem().Changes.ShouldBe($$"""{"email":[null,"ada@example.com"],"role":[null,"Operator"],"projects":[null,"{{project}}"]}""");
    }

    [Theory]
    [InlineData(null, "can't be blank")]
    [InlineData(" ", "can't be blank")]
    [InlineData("ada", "must be an e-mail address such as ada@example.com")]
    [InlineData("ada@", "must be an e-mail address such as ada@example.com")]
    [InlineData("@example.com", "must be an e-mail address such as ada@example.com")]
    [InlineData("ada@b@example.com", "must be an e-mail address such as ada@example.com")]
    [InlineData("Ada <ada@example.com>", "must be an e-mail address such as ada@example.com")]
    [InlineData("ada lovelace@example.com", "must be an e-mail address such as ada@example.com")]
    [InlineData("ada@exa\0mple.com", "must be an e-mail address such as ada@example.com")]
    public async Task What_is_no_address_is_not_invited(string? email, string problem) => (await InviteAsync(email, Analyst)).RefusedField("email").ShouldBe(problem);

    [Fact]
    public async Task Nobody_is_invited_twice()
    {
        await InviteAsync("twice@example.com", Analyst);

        (await InviteAsync("TWICE@example.com", Analyst)).RefusedField("email").ShouldBe("has been invited already");
    }

    [Fact]
    public async Task Of_two_who_invite_somebody_at_once_one_does()
    {
        var invited = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => InviteAsync("race@example.com", Analyst), Cancel)));

        invited.Count(i => i.Refusal is null).ShouldBe(1);
        invited.Single(i => i.Refusal is not null).RefusedField("email").ShouldBe("has been invited already");
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var refused = (await InviteAsync("x", new(RoleId: 999, AllProjects: false, ProjectIds: [9998, 9999]))).Refused();

        refused.Errors.Keys.ShouldBe(["email", "role_id", "project_ids"], ignoreOrder: true);
        refused.Errors["project_ids"].ShouldBe(["there is no project 9998, 9999"]);
    }

    [Fact]
    public async Task Projects_are_said_or_all_of_them()
    {
        (await InviteAsync("none@example.com", new(RoleIds.Analyst))).RefusedField("project_ids").ShouldBe("choose at least one, or all projects");
        (await InviteAsync("both@example.com", new(RoleIds.Analyst, AllProjects: true, ProjectIds: [1]))).RefusedField("project_ids").ShouldBe("must be left out where all projects are given");
        (await InviteAsync("owner@example.com", new(RoleIds.Owner, ProjectIds: [1]))).RefusedField("project_ids").ShouldBe("must be left out: an owner has all projects");
    }

    [Fact]
    public async Task A_change_counts_and_is_written_down_with_before_and_after()
    {
        var member = await workspace.JoinAsync("changed@example.com", RoleIds.Analyst);
        var heard = new List<int>();
        void Hear(string table, int id) => heard.AddRange(table == Member.Table ? [id] : []);
        var feed = await workspace.AskAsync<ChangeFeed, ChangeFeed>(Task.FromResult);
        feed.RowChanged += Hear;

        (await ChangeAsync(member.Id, new(RoleIds.Operator, ProjectIds: [1]))).Granted();

        feed.RowChanged -= Hear;
        heard.ShouldContain(member.Id);
        (await FindAsync(member.Id))!.Role.Name.ShouldBe("Operator");
        (await workspace.AuditAsync(AuditEvents.MemberUpdated, member.Id)).ShouldHaveSingleItem().Changes.ShouldBe("""{"role":["Analyst","Operator"],"projects":["all","1"]}""");
    }

    [Fact]
    public async Task What_is_left_out_of_a_change_stays()
    {
        var member = (await InviteAsync("stays@example.com", new(RoleIds.Operator, ProjectIds: [1]))).Granted();

        var changed = (await ChangeAsync(member.Id, new(RoleIds.Analyst))).Granted();

        (changed.Role.Name, changed.AllProjects).ShouldBe(("Analyst", false));
        changed.ProjectIds.ShouldBe([1]);
    }

    [Fact]
    public async Task Who_is_removed_is_found_no_more_and_keeps_a_row()
    {
        var member = await workspace.JoinAsync("leaver@example.com", RoleIds.Analyst);

        (await RemoveAsync(member.Id)).Granted();

        (await FindAsync(member.Id)).ShouldBeNull();
        (await RemoveAsync(member.Id)).Refused().Kind.ShouldBe(RefusalKind.NotFound);
        var row = await workspace.DbAsync(db => db.Set<Member>().Include(m => m.Role).SingleAsync(m => m.Id == member.Id, Cancel));
        row.RemovedAt.ShouldBe(workspace.Time.GetUtcNow());
        row.Access.May(Privilege.ReadConnections).ShouldBeFalse();
        (await workspace.AuditAsync(AuditEvents.MemberRemoved, member.Id)).ShouldHaveSingleItem().ResourceName.ShouldBe("leaver@example.com");
    }

    [Fact]
    public async Task Who_was_removed_can_be_invited_again_and_is_bound_anew()
    {
        var before = await workspace.JoinAsync("again@example.com", RoleIds.Analyst);
        await RemoveAsync(before.Id);

        var again = (await InviteAsync("again@example.com", Analyst)).Granted();

        again.Id.ShouldNotBe(before.Id);
        (await workspace.DbAsync(db => db.Set<Member>().SingleAsync(m => m.Id == before.Id, Cancel))).Subject.ShouldBeNull();
    }

    [Fact]
    public async Task Members_are_found_by_a_part_of_name_or_address()
    {
        await workspace.AskAsync<Members, Result<Member>>(m => m.InviteAsync(new("gh@example.com", "Grace Hopper", Analyst), Cancel));

        foreach (var text in new[] { "grace", "HOPPER", "gh@ex" }) (await PageAsync(text)).Items.ShouldHaveSingleItem().Name.ShouldBe("Grace Hopper");
        (await PageAsync("100%")).Items.ShouldBeEmpty();
        (await workspace.AskAsync<Members, int>(m => m.CountAsync("hopper", Cancel))).ShouldBe(1);
    }

    private Task<Result<Member>> InviteAsync(string? email, Grant grant) => workspace.AskAsync<Members, Result<Member>>(m => m.InviteAsync(new(email, null, grant), Cancel));

    private Task<Result<Member>> ChangeAsync(int id, Grant grant) => workspace.AskAsync<Members, Result<Member>>(m => m.ChangeAsync(id, grant, Cancel));

    private Task<Result<Member>> RemoveAsync(int id) => workspace.AskAsync<Members, Result<Member>>(m => m.RemoveAsync(id, Cancel));

    private Task<Member?> FindAsync(int id) => workspace.AskAsync<Members, Member?>(m => m.FindAsync(id, Cancel));

    private Task<Page<Member>> PageAsync(string text) => workspace.AskAsync<Members, Page<Member>>(m => m.PageAsync(text, 100, Cancel));
}

public sealed class MembersOnSqlite(SqliteWorkspace workspace) : MembersTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class MembersOnPostgres(PostgresWorkspace workspace) : MembersTests(workspace), IClassFixture<PostgresWorkspace>;
