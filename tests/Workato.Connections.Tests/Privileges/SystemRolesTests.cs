using Workato.Connections.Privileges;

namespace Workato.Connections.Tests.Privileges;

/// <summary>What the system roles allow.</summary>
public class SystemRolesTests
{
    public static TheoryData<Privilege> EveryPrivilege => [.. Enum.GetValues<Privilege>()];

    [Theory]
    [MemberData(nameof(EveryPrivilege))]
    public void Every_privilege_has_names_and_words(Privilege privilege)
    {
        var name = PrivilegeCatalog.Name(privilege);

        PrivilegeCatalog.Find(name.Resource, name.Verb).ShouldBe(privilege);
        name.Words.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [MemberData(nameof(EveryPrivilege))]
    public void The_documentation_says_of_every_privilege_who_has_it(Privilege privilege)
    {
        var name = PrivilegeCatalog.Name(privilege);
        var has = SystemRoles.All.Select(r => r.Privileges.Contains(privilege) ? "yes" : "");

        File.ReadLines(Documentation()).ShouldContain($"| {name.Resource}: {name.Verb} | {name.Words} | {string.Join(" | ", has)} |");
    }

    [Fact]
    public void Each_role_has_what_the_next_one_has()
    {
        var roles = SystemRoles.All;

        for (var i = 1; i < roles.Count; i++) roles[i].Privileges.ShouldBeSubsetOf(roles[i - 1].Privileges);
    }

    [Fact]
    public void Only_an_owner_makes_owners() =>
        SystemRoles.All.Where(r => r.Privileges.Contains(Privilege.OwnWorkspace)).ShouldBe([SystemRoles.Owner]);

    // Beside the sources, wherever the test runs.
    private static string Documentation()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder!.FullName, "docs"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "docs", "people.md");
    }
}
