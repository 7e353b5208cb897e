using Workato.Connections.Connectors;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Connectors;

public sealed class ConnectorCatalogTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void An_own_file_stands_beside_the_shipped_ones()
    {
        Write("desk.yaml", TestCatalog.Desk);

        var catalog = ConnectorCatalog.Load(directory.Path);

        catalog.Find("test_desk").ShouldNotBeNull();
        catalog.Find("sample_app").ShouldNotBeNull();
    }

    [Fact]
    public void An_own_file_replaces_the_shipped_one_with_the_same_provider()
    {
        Write("desk.yaml", TestCatalog.Desk.Replace("provider: test_desk", "provider: sample_app", StringComparison.Ordinal));

        var catalog = ConnectorCatalog.Load(directory.Path);

        catalog.Problems.ShouldBeEmpty();
        catalog.Find("sample_app")!.Title.ShouldBe("Test Desk");
    }

    [Fact]
    public void Files_that_do_not_end_in_yaml_are_left_alone()
    {
        Write("notes.txt", "not a connector");

        ConnectorCatalog.Load(directory.Path).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_broken_file_is_refused_by_name()
    {
        Write("broken.yaml", "provider: broken\n");

        ConnectorCatalog.Load(directory.Path).Problems.ShouldAllBe(p => p.File == Path.Combine(directory.Path, "broken.yaml"));
    }

    [Fact]
    public void Beside_a_broken_file_the_others_work()
    {
        Write("broken.yaml", "provider: broken\n");
        Write("desk.yaml", TestCatalog.Desk);

        var catalog = ConnectorCatalog.Load(directory.Path);

        catalog.Problems.ShouldNotBeEmpty();
        catalog.Find("broken").ShouldBeNull();
        catalog.Find("test_desk").ShouldNotBeNull();
    }

    [Fact]
    public void A_broken_file_does_not_take_the_shipped_one_away()
    {
        Write("broken.yaml", "provider: sample_app\n");

        ConnectorCatalog.Load(directory.Path).Find("sample_app").ShouldNotBeNull();
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_refused_by_name_too()
    {
        File.CreateSymbolicLink(Path.Combine(directory.Path, "gone.yaml"), Path.Combine(directory.Path, "nowhere"));
        Write("desk.yaml", TestCatalog.Desk);

        var catalog = ConnectorCatalog.Load(directory.Path);

        catalog.Problems.Single().File.ShouldBe(Path.Combine(directory.Path, "gone.yaml"));
        catalog.Find("test_desk").ShouldNotBeNull();
    }

    [Fact]
    public void Of_two_own_files_with_the_same_provider_the_second_is_refused()
    {
        Write("a.yaml", TestCatalog.Desk);
        Write("b.yaml", TestCatalog.Desk.Replace("title: Test Desk", "title: Other Desk", StringComparison.Ordinal));

        var catalog = ConnectorCatalog.Load(directory.Path);

        catalog.Find("test_desk")!.Title.ShouldBe("Test Desk");
        catalog.Problems.ShouldBe([new(
            Path.Combine(directory.Path, "b.yaml"), 1, $"the provider 'test_desk' is already taken by {Path.Combine(directory.Path, "a.yaml")}; choose another id")]);
    }

    [Fact]
    public void A_directory_that_is_not_there_refuses_the_start_with_what_to_do()
    {
        var missing = Path.Combine(directory.Path, "missing");

        Should.Throw<StartRefusedException>(() => ConnectorCatalog.Load(missing)).Message
            .ShouldBe($"Connectors__Directory names {missing}, which is not a directory. Create it or remove the setting.");
    }

    [Fact]
    public void A_secondary_connector_stands_beside_its_first_one()
    {
        Write("desk.yaml", TestCatalog.Desk + "\nsecondary: true\n");

        var secondary = ConnectorCatalog.Load(directory.Path).Find("test_desk_secondary");

        secondary.ShouldNotBeNull().Title.ShouldBe("Test Desk (Secondary)");
        secondary.IsSecondary.ShouldBeTrue();
    }

    [Fact]
    public void Without_secondary_there_is_no_second_connector()
    {
        Write("desk.yaml", TestCatalog.Desk);

        ConnectorCatalog.Load(directory.Path).Find("test_desk_secondary").ShouldBeNull();
    }

    [Fact]
    public void An_operators_preset_becomes_the_default_of_a_setting() =>
        ConnectorCatalog.Load(null, (provider, field) => (provider, field) == ("sample_app", "url") ? "https://sample.example" : null)
            .Find("sample_app")!.Fields.Single(f => f.Name == "url").Default.ShouldBe("https://sample.example");

    [Fact]
    public void A_preset_is_not_taken_for_a_secret()
    {
        Write("desk.yaml", TestCatalog.Desk.Replace("fields:\n  - name: url", "fields:\n  - {name: common, label: Common, control: password}\n  - name: url", StringComparison.Ordinal)
            .Replace("\"{username}\"", "\"{username}{common}\"", StringComparison.Ordinal).Replace("\"{app_key}\"", "\"{app_key}{common}\"", StringComparison.Ordinal));

        ConnectorCatalog.Load(directory.Path, (_, _) => "preset").Find("test_desk")!.Fields.Single(f => f.Name == "common").Default.ShouldBeNull();
    }

    [Fact]
    public void An_unknown_provider_is_answered_with_the_nearest_one() => TestCatalog.Instance.Suggest("zendeks").ShouldBe("zendesk");

    [Fact]
    public void All_connectors_are_listed_by_title() =>
        TestCatalog.Instance.All.Select(c => c.Title).ShouldBe(TestCatalog.Instance.All.Select(c => c.Title).Order(StringComparer.OrdinalIgnoreCase));

    private void Write(string name, string yaml) => File.WriteAllText(Path.Combine(directory.Path, name), yaml);
}
