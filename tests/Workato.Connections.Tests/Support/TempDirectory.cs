namespace Workato.Connections.Tests.Support;

/// <summary>A directory that goes when the test is over.</summary>
public sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("connections-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
