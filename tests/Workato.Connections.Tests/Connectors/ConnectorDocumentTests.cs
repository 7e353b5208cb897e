using System.Text.RegularExpressions;
using Workato.Connections.AuthMethods;
using Workato.Connections.Connectors;

namespace Workato.Connections.Tests.Connectors;

/// <summary>What docs/connectors.md promises.</summary>
public partial class ConnectorDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "connectors.md"));

    [Fact]
    public void The_whole_file_in_the_document_is_read_without_problems() =>
        ConnectorReader.Read("connectors.md", WholeFile().Match(Document).Groups[1].Value).Problems.ShouldBeEmpty();

    [Fact]
    public void Every_authentication_method_is_in_the_document() =>
        AuthMethodCatalog.Names.ShouldAllBe(name => Document.Contains($"| `{name}` |", StringComparison.Ordinal));

    [Fact]
    public void Every_control_is_in_the_document() =>
        Controls.All.ShouldAllBe(name => Document.Contains($"`{name}`", StringComparison.Ordinal));

    [GeneratedRegex("```yaml\n(.+?)```", RegexOptions.Singleline)]
    private static partial Regex WholeFile();
}
