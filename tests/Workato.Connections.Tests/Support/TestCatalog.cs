using Workato.Connections.Connectors;

namespace Workato.Connections.Tests.Support;

/// <summary>The shipped connectors and more: "test_desk" and <see cref="TestSuite"/>, that can be pointed at a <see cref="TestApp"/>, and <see cref="OAuthDesk"/>.</summary>
public static class TestCatalog
{
    public const string Desk = """
        provider: test_desk
        title: Test Desk
        description: The app of these tests.
        categories: [Tests]
        docs: https://desk.example/docs
        base_url: "{url}"
        choose_by: auth_type
        fields:
          - name: url
            label: Address
            control: url
          - name: region
            label: Region
            control: select
            required: false
            options:
              - {value: eu, label: Europe}
              - {value: us, label: America}
        sign_in:
          - name: basic
            title: User name and password
            method: basic
            fields:
              - name: username
                label: User name
              - name: password
                label: Password
                control: password
            username: "{username}"
            password: "{password}"
          - name: api_key
            title: API key
            method: api_key
            fields:
              - name: api_key
                label: API key
                control: password
              - name: app_key
                label: Application key
                control: password
                required: false
            headers:
              X-Api-Key: "{api_key}"
              X-App-Key: "{app_key}"
        test:
          path: /me
          identity: [/email]
        guide: Ask the tests.
        operations:
          - name: list_tickets
            title: List tickets
            path: /tickets
            fields:
              - {name: after, label: After, required: false}
            new_records: {title: New ticket, records: /items, since: after}
          - name: list_people
            title: List people
            path: /people
          - name: create_ticket
            title: Create a ticket
            method: POST
            path: /tickets
            fields:
              - {name: subject, label: Subject}
              - {name: priority, label: Priority, required: false}
          - name: get_ticket
            title: Get a ticket
            path: /tickets/{id}
            fields:
              - {name: id, label: Id, in: path}
        """;

    private static readonly Lazy<ConnectorCatalog> Loaded = new(() =>
    {
        using var directory = new TempDirectory();
        File.WriteAllText(Path.Combine(directory.Path, "test_desk.yaml"), Desk);
        File.WriteAllText(Path.Combine(directory.Path, "oauth_desk.yaml"), OAuthDesk.File());
        File.WriteAllText(Path.Combine(directory.Path, "test_suite.yaml"), TestSuite.File);
        File.WriteAllText(Path.Combine(directory.Path, "other_suite.yaml"), TestSuite.OtherFile);
        return ConnectorCatalog.Load(directory.Path);
    });

    /// <summary>Read once for all tests: it never changes.</summary>
    public static ConnectorCatalog Instance => Loaded.Value;
}
