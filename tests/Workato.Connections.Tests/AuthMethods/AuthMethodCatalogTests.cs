using Workato.Connections.AuthMethods;

namespace Workato.Connections.Tests.AuthMethods;

public class AuthMethodCatalogTests
{
    [Fact]
    public void Every_method_of_the_library_is_in_the_catalogue() =>
        typeof(IAuthMethod).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IAuthMethod)) && !t.IsInterface)
            .ShouldBe(AuthMethodCatalog.Names.Select(n => AuthMethodCatalog.Find(n)!.GetType()), ignoreOrder: true);

    [Fact]
    public void Every_method_of_the_library_keeps_the_contract() =>
        typeof(AuthMethodContract).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(AuthMethodContract)))
            .Select(t => t.Name.Replace("Tests", "", StringComparison.Ordinal))
            .ShouldBe(AuthMethodCatalog.Names.Select(n => AuthMethodCatalog.Find(n)!.GetType().Name), ignoreOrder: true);

    [Fact]
    public void An_unknown_name_finds_nothing() => AuthMethodCatalog.Find("telepathy").ShouldBeNull();
}
