namespace Workato.Connections.SampleApp.SignIn.OAuth1;

/// <summary>A program that is registered here; RFC 5849 says client, everybody else says consumer.</summary>
internal sealed record Consumer(string Key, string Secret, string Name)
{
    // Demonstration credentials of a toy: the landing page shows them to everybody.
    public static Consumer Sample { get; } = new("sample-consumer", "sample-consumer-secret", "Sample consumer");

    public static Consumer? Find(string? key) => key == Sample.Key ? Sample : null;
}
