using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Privileges;

/// <summary>Who may come in, and as what.</summary>
public abstract partial class SignInsTests
{
    [Theory]
    [InlineData("Operator", "nothing", "we know")]
    [InlineData("Operator", "all")]
    [InlineData("Analyst", "all", "makers")]
    [InlineData("Owner", "builders", "bosses", "all")]
    public async Task Groups_give_the_greatest_role_they_are_mapped_to(string role, params string[] groups)
    {
        await ComeAsync("first");

        var member = await ComeAsync(Person("ada", groups), ByGroups);

        (member.Role.Name, member.HasRoleOfGroups).ShouldBe((role, !groups.Contains("nothing")));
    }

    [Fact]
    public void The_order_is_owner_admin_and_then_by_name() =>
        new SignInRules(null, [("Zoo", ["g"]), ("analyst", ["g"]), ("admin", ["g"])]).RoleOf(["g"]).ShouldBe("admin");

    [Fact]
    public async Task A_group_decides_again_at_every_sign_in_and_without_it_the_default_role_is_left()
    {
        await ComeAsync("first");
        var ada = await ComeAsync(Person("ada", "builders"), ByGroups);

        (await ComeAsync(Person("ada", "all"), ByGroups)).Role.Name.ShouldBe("Operator");
        (await ComeAsync(Person("ada", "makers"), ByGroups)).Role.Name.ShouldBe("Analyst");
        (await ComeAsync(Person("ada"), ByGroups)).Role.Name.ShouldBe("Operator");

        (await RowAsync(ada.Id)).HasRoleOfGroups.ShouldBeFalse();
        (await WrittenAsync(ada.Id)).Where(e => e.Event == AuditEvents.MemberUpdated).Select(e => e.Changes)
            .ShouldBe(["""{"role":["Analyst","Operator"]}""", """{"role":["Operator","Analyst"]}""", """{"role":["Analyst","Operator"]}"""]);
    }

    [Fact]
    public async Task A_role_given_by_hand_stays_where_no_group_says_otherwise()
    {
        await ComeAsync("first");
        var ada = await ComeAsync("ada");
        await ChangeAsync(ada.Id, (m, db) => m.Role = db.Set<Role>().Single(r => r.Name == "Admin"));

        (await ComeAsync(Person("ada", "unknown"), ByGroups)).Role.Name.ShouldBe("Admin");
    }

    [Fact]
    public async Task Roles_stay_as_they_are_when_groups_are_not_looked_at_any_more()
    {
        await ComeAsync("first");
        await ComeAsync(Person("ada", "builders"), ByGroups);

        (await ComeAsync("ada")).Role.Name.ShouldBe("Analyst");
    }

    [Fact]
    public async Task The_last_owner_stays_owner_whatever_the_groups_say_and_the_last_but_one_does_not()
    {
        var ada = await ComeAsync(Person("ada", "all"), ByGroups);
        (await ComeAsync(Person("ada", "all"), ByGroups)).Role.Name.ShouldBe("Owner");
        (await RowAsync(ada.Id)).Role.Name.ShouldBe("Owner");

        await ComeAsync(Person("boss", "bosses"), ByGroups);
        (await ComeAsync(Person("ada", "all"), ByGroups)).Role.Name.ShouldBe("Operator");
        (await ComeAsync(Person("boss"), ByGroups)).Role.Name.ShouldBe("Owner");
    }

    [Fact]
    public async Task Of_two_owners_who_lose_their_group_at_once_one_stays()
    {
        await ComeAsync(Person("ada", "bosses"), ByGroups);
        await ComeAsync(Person("grace", "bosses"), ByGroups);

        await Task.WhenAll(new[] { "ada", "grace" }.Select(p => Task.Run(() => ComeAsync(Person(p, "all"), ByGroups), Cancel)));

        (await RowsAsync()).Count(m => m.Role.Name == "Owner").ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_default_role_only_the_invited_and_those_with_a_group_come_in()
    {
        await ComeAsync("first", OnlyInvited);
        await InviteAsync("ada@example.com", "Admin");

        (await ComeAsync("ada", OnlyInvited)).Role.Name.ShouldBe("Admin");
        (await ComeAsync(Person("grace", "builders"), OnlyInvited)).Role.Name.ShouldBe("Analyst");
        (await TryAsync(Person("eve"), OnlyInvited)).Refused().Message.ShouldBe("You are known there, but not invited here. Ask an owner to invite you.");
        (await TryAsync(Person("grace"), OnlyInvited)).Refused().Message.ShouldStartWith("None of your groups lets you in any more.");

        (await RowsAsync()).Select(m => m.Name).ShouldNotContain("eve by name");
        (await WrittenAsync(null)).ShouldHaveSingleItem().Event.ShouldBe(AuditEvents.SignInRefused);
    }

    [Fact]
    public async Task A_role_that_there_is_not_is_named_and_lets_nobody_in()
    {
        await ComeAsync("first");

        (await TryAsync(Person("ada"), new SignInRules("Visitor", []))).Refused().Message.ShouldContain("'Visitor'");
        (await RowsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_invitation_is_taken_up_by_its_address_and_only_once()
    {
        await ComeAsync("first");
        var invited = await InviteAsync("ada@example.com");

        var ada = await ComeAsync(Person("ada") with { Email = "Ada@Example.com" });
        var other = await ComeAsync(Person("other") with { Email = "ada@example.com" });

        (ada.Id, ada.Role.Name, ada.Name, ada.Issuer, ada.Subject).ShouldBe((invited.Id, "Analyst", "ada by name", Issuer, "ada"));
        other.Id.ShouldNotBe(invited.Id);
        (await WrittenAsync(ada.Id)).Select(e => e.Event).ShouldBe([AuditEvents.MemberJoined, AuditEvents.SignedIn]);
    }

    [Fact]
    public async Task A_doubted_address_takes_no_invitation_and_leaves_it_to_whom_it_is_for()
    {
        await ComeAsync("first");
        var invited = await InviteAsync("ada@example.com", "Admin");

        var doubted = await ComeAsync(Person("eve") with { Email = "ada@example.com", IsEmailDoubted = true });
        (doubted.Id == invited.Id, doubted.Role.Name).ShouldBe((false, "Operator"));
        doubted.Email.ShouldStartWith("no-address-");

        (await ComeAsync("ada")).Id.ShouldBe(invited.Id);
    }

    [Fact]
    public async Task Nobody_takes_over_the_local_owner() =>
        (await ComeAsync(Person("ada") with { Email = "owner@localhost" })).IsLocal.ShouldBeFalse();

    [Fact]
    public async Task A_removed_member_stays_out_in_words_under_a_new_account_too()
    {
        await ComeAsync("first");
        var ada = await ComeAsync("ada");
        await RemoveAsync(ada.Id);

        foreach (var person in new[] { Person("ada"), Person("ada", "bosses"), Person("ada-again") with { Email = "ada@example.com" } })
            (await TryAsync(person, ByGroups)).Refused().Message.ShouldBe("You were removed from this workspace. Ask an owner to invite you again.");

        (await WrittenAsync(ada.Id))[^1].Event.ShouldBe(AuditEvents.SignInRefused);
        (await RowsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_removed_member_who_is_invited_again_comes_back_as_invited()
    {
        await ComeAsync("first");
        var ada = await ComeAsync("ada");
        await RemoveAsync(ada.Id);
        var invited = await InviteAsync("ada@example.com", "Admin");

        (await ComeAsync("ada")).Id.ShouldBe(invited.Id);
        (await ComeAsync("ada")).Id.ShouldBe(invited.Id);

        (await RowAsync(ada.Id)).RemovedAt.ShouldNotBeNull();
        (await RowAsync(invited.Id)).Role.Name.ShouldBe("Admin");
    }
}
