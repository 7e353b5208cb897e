using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using Workato.Connections.Calling;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Workato.Connections.Tests;

/// <summary>The floors: a folder uses the floors below it, no arrow runs back up, no two folders import each other.</summary>
public class ArchitectureTests
{
    private const string Library = "Workato.Connections";

    // Lazy: merely listing the tests need not read the library.
    private static readonly Lazy<Architecture> Loaded = new(() => new ArchLoader().LoadAssemblies(typeof(Connection).Assembly).Build());

    // From the ground up. What is on top stands in the root namespace, beside the words every floor may use.
    private static readonly string[][] Floors =
    [
        ["Data"],
        ["Secrets", "Auditing", "AuthMethods", "Connectors", "Projects", "Privileges"],
        ["Egress", "Answers", "Diagnosing", "Timelines"],
        ["Authorizing"],
        ["Calling"],
        ["Health", "Recipes"],
        ["Notices", "Operating"],
    ];

    private static readonly System.Type[] OnTop =
    [
        typeof(ConnectionService), typeof(ConnectionGuards), typeof(ConnectionQueries), typeof(ConnectionInput), typeof(ProjectRemoval),
        typeof(WorkspaceSetup), typeof(ConnectionsSetup), typeof(CredentialPreparation), typeof(CredentialReplacement), typeof(ConnectionTrail), typeof(ConnectionAuthorization), typeof(DeviceAuthorization), typeof(Travellers), typeof(ProjectDirectory),
        typeof(RuntimeUserConnections), typeof(RuntimeUserPages), typeof(RuntimeUserCallbacks), typeof(InheritedInput), typeof(ScheduledTests), typeof(HealthOverview),
    ];

    private static Architecture Code => Loaded.Value;

    private static string[] Folders => [.. Floors.SelectMany(f => f)];

    public static TheoryData<string> EveryFolder => [.. Folders];

    public static TheoryData<string, string> EveryArrowUp =>
    [
        .. from floor in Enumerable.Range(0, Floors.Length)
           from lower in Floors[floor]
           from upper in Floors.Skip(floor + 1).SelectMany(f => f)
           select (lower, upper),
    ];

    public static TheoryData<string, string> EveryPairOfFolders =>
        [.. from a in Folders from b in Folders where string.CompareOrdinal(a, b) < 0 select (a, b)];

    [Fact]
    public void Every_folder_of_the_library_has_its_floor() =>
        Code.Types.Select(t => t.Namespace.FullName).Where(n => n.StartsWith(Library + ".", StringComparison.Ordinal))
            .Select(n => n.Split('.')[2]).Distinct().Order().ShouldBe(Folders.Order());

    [Fact]
    public void The_rules_see_what_is_used_inside_an_asynchronous_method_only() =>
        Types().That().Are(typeof(AnswerJudge)).Should().NotDependOnAny(
            Types(includeReferenced: true).That().HaveFullNameContaining("EntityFrameworkQueryableExtensions")).HasNoViolations(Code).ShouldBeFalse();

    [Fact]
    public void Data_knows_no_feature() =>
        Hold(Types().That().ResideInNamespaceMatching(In("Data")).Should().NotDependOnAny(
            Types().That().ResideInNamespaceMatching($@"^{Library}(\..*)?$").And().DoNotResideInNamespaceMatching(In("Data"))));

    [Theory]
    [MemberData(nameof(EveryArrowUp))]
    public void No_arrow_runs_back_up(string lower, string upper) =>
        Hold(Types().That().ResideInNamespaceMatching(In(lower)).Should().NotDependOnAny(
            Types().That().ResideInNamespaceMatching(In(upper))));

    [Theory]
    [MemberData(nameof(EveryPairOfFolders))]
    public void No_two_folders_import_each_other(string one, string other) =>
        (Imports(one, other) && Imports(other, one)).ShouldBeFalse();

    [Theory]
    [MemberData(nameof(EveryFolder))]
    public void What_is_on_top_is_used_by_no_folder(string folder) =>
        Hold(Types().That().ResideInNamespaceMatching(In(folder)).Should().NotDependOnAny(OnTop));

    [Fact]
    public void Authentication_methods_are_pure_protocol_and_know_no_database() =>
        Hold(Types().That().ResideInNamespaceMatching(In("AuthMethods")).Should().NotDependOnAny(
            Types(includeReferenced: true).That().ResideInNamespaceMatching(@"^Microsoft\.EntityFrameworkCore").Or().ResideInNamespaceMatching(In("Data"))));

    [Fact]
    public void The_library_knows_no_web() =>
        typeof(Connection).Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .ShouldNotContain(name => name.StartsWith("Microsoft.AspNetCore.Http", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore.Mvc", StringComparison.Ordinal));

    private static string In(string folder) => $@"^{Library}\.{folder}(\..*)?$";

    private static bool Imports(string from, string to) => Code.Types
        .Where(t => IsIn(t, from))
        .Any(t => t.GetTypeDependencies().Any(d => IsIn(d, to)));

    private static bool IsIn(IType type, string folder) => (type.Namespace.FullName + ".").StartsWith($"{Library}.{folder}.", StringComparison.Ordinal);

    private static void Hold(IArchRule rule) => rule.Evaluate(Code).Where(r => !r.Passed).Select(r => r.Description).ShouldBeEmpty();
}
