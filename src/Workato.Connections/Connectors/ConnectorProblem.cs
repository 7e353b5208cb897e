namespace Workato.Connections.Connectors;

/// <summary>What is wrong with a connector file, where, and what to write instead.</summary>
public sealed record ConnectorProblem(string File, long Line, string Message)
{
    /// <summary><c>file:line: message</c>, as editors understand it.</summary>
    public override string ToString() => $"{File}:{Line}: {Message}";
}
