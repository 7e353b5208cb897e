namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>A program that is registered here (RFC 6749, 2). Without a secret it is a public one.</summary>
internal sealed record Client(string Id, string Name, string? Secret)
{
    // Demonstration credentials of a toy: the landing page shows them to everybody.
    public static IReadOnlyList<Client> All { get; } =
    [
        new("sample-client", "Sample client", "sample-client-secret"),
        new("sample-public", "Sample app on a phone", null),
    ];

    public bool IsPublic => Secret is null;

    public static Client? Find(string? id) => All.FirstOrDefault(client => client.Id == id);
}
