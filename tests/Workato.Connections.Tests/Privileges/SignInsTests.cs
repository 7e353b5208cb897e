using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Workato.Connections.Tests.Privileges;

public abstract partial class SignInsTests(Workspace workspace) : SignInScene(workspace)
{
    [Fact]
    public async Task The_first_person_becomes_owner_and_later_ones_get_the_default_role()
    {
        (await ComeAsync("ada")).Role.Name.ShouldBe("Owner");
        (await ComeAsync("grace")).Role.Name.ShouldBe("Operator");
        (await ComeAsync("ada")).Role.Name.ShouldBe("Owner");
    }

    [Fact]
    public async Task Of_many_who_are_first_at_once_exactly_one_becomes_owner()
    {
        var members = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => ComeAsync($"p{i}"), Cancel)));

        members.Count(m => m.Role.Name == "Owner").ShouldBe(1);
        members.Select(m => m.Id).Distinct().Count().ShouldBe(8);
    }

    [Fact]
    public async Task Somebody_who_comes_twice_at_once_is_one_member()
    {
        var members = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ComeAsync("ada"), Cancel)));

        members.Select(m => m.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Whoever_comes_before_an_owner_who_was_invited_does_not_become_one()
    {
        var invited = await InviteAsync("boss@example.com", "Owner");

        (await ComeAsync("quick")).Role.Name.ShouldBe("Operator");
        var boss = await ComeAsync("boss");
        (boss.Id, boss.Role.Name).ShouldBe((invited.Id, "Owner"));
    }

    [Fact]
    public async Task Nobody_becomes_owner_because_the_owner_is_none_any_more()
    {
        var ada = await ComeAsync("ada");
        await RemoveAsync(ada.Id);

        (await ComeAsync("grace")).Role.Name.ShouldBe("Operator");
    }

    [Fact]
    public async Task Who_is_who_is_told_by_issuer_and_subject_and_by_nothing_else()
    {
        var ada = await ComeAsync("ada");

        (await ComeAsync(Person("ada") with { Name = "Ada L.", Email = "countess@example.com" })).Id.ShouldBe(ada.Id);
        (await ComeAsync(Person("ADA"))).Id.ShouldNotBe(ada.Id);
        (await ComeAsync(new ProvenPerson("https://elsewhere.example", "ada"))).Id.ShouldNotBe(ada.Id);
    }

    [Fact]
    public async Task Name_and_address_follow_the_provider()
    {
        var ada = await ComeAsync("ada");

        await ComeAsync(Person("ada") with { Name = "Ada\0 Lovelace ", Email = " Ada.Lovelace@Example.com" });

        var row = await RowAsync(ada.Id);
        (row.Name, row.Email).ShouldBe(("Ada Lovelace", "ada.lovelace@example.com"));
        (await WrittenAsync(ada.Id)).Single(e => e.Event == AuditEvents.MemberUpdated).Changes.ShouldBe("""{"name":["ada by name","Ada Lovelace"],"email":["ada@example.com","ada.lovelace@example.com"]}""");
    }

    [Fact]
    public async Task An_address_another_member_has_does_not_keep_anybody_out()
    {
        var (ada, grace) = (await ComeAsync("ada"), await ComeAsync("grace"));

        (await ComeAsync(Person("grace") with { Email = ada.Email })).Email.ShouldBe(grace.Email);
        (await ComeAsync(Person("new") with { Email = ada.Email })).Email.ShouldStartWith("no-address-");
        (await RowAsync(ada.Id)).Email.ShouldBe("ada@example.com");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no address")]
    [InlineData("@")]
    public async Task Somebody_without_an_address_comes_in_and_says_so(string? email)
    {
        var member = await ComeAsync(Person("ada") with { Email = email, Name = null });

        member.Email.ShouldMatch("^no-address-[0-9a-f]{16}@people\\.invalid$");
        member.Name.ShouldBe("Somebody without a name");
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_cut() => (await ComeAsync(Person("ada") with { Name = new('x', 1000) })).Name.Length.ShouldBe(Member.MaxNameLength);

    [Fact]
    public async Task What_happened_is_written_down_under_the_members_own_name()
    {
        await ComeAsync("first");
        var ada = await ComeAsync("ada");
        await ComeAsync("ada");

        var written = await WrittenAsync(ada.Id);
        written.Select(e => e.Event).ShouldBe([AuditEvents.MemberJoined, AuditEvents.SignedIn, AuditEvents.SignedIn]);
        written.ShouldAllBe(e => e.ActorKind == ActorKind.Member && e.ActorId == ada.Id && e.ActorEmail == "ada@example.com");
        written[0].Changes.ShouldBe("""{"role":[null,"Operator"]}""");
    }

    [Fact]
    public async Task A_changed_role_is_announced_and_a_mere_sign_in_is_not()
    {
        await ComeAsync("first");
        var ada = await ComeAsync("ada");
        var announced = new List<(string, int)>();
        Workspace.Services.GetRequiredService<ChangeFeed>().RowChanged += (table, id) => announced.Add((table, id));

        await ComeAsync("ada");
        announced.ShouldBeEmpty();
        await ComeAsync(Person("ada", "makers"), ByGroups);
        announced.ShouldContain((Member.Table, ada.Id));
    }
}

public sealed class SignInsOnSqlite() : SignInsTests(new SqliteWorkspace());

public sealed class SignInsOnPostgres(PostgresCluster cluster) : SignInsTests(new PostgresWorkspace(cluster));
