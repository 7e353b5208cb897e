using System.Security.Cryptography;
using System.Text;
using Workato.Connections.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestMethodOrderer(typeof(TestOrder))]
[assembly: TestCaseOrderer(typeof(TestOrder))]

namespace Workato.Connections.Tests.Support;

/// <summary>
/// Shuffles the tests of a class the same way on every machine. By itself the order depends on the folder the tests were
/// built in, and tests that lean on one another fail in other people's folders only. Another order: <c>TEST_ORDER=7 tests/run.sh</c>.
/// </summary>
public sealed class TestOrder : ITestMethodOrderer, ITestCaseOrderer
{
    private static readonly string Seed = Environment.GetEnvironmentVariable("TEST_ORDER") ?? "0";

    public IReadOnlyCollection<T?> OrderTestMethods<T>(IReadOnlyCollection<T?> testMethods) where T : notnull, ITestMethod =>
        [.. testMethods.OrderBy(m => Place(m?.TestClass.TestClassName, m?.MethodName), StringComparer.Ordinal)];

    public IReadOnlyCollection<T> OrderTestCases<T>(IReadOnlyCollection<T> testCases) where T : notnull, ITestCase =>
        [.. testCases.OrderBy(c => Place(c.TestClassName, c.TestCaseDisplayName), StringComparer.Ordinal)];

    private static string Place(string? type, string? test) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed} {type} {test}")));
}
