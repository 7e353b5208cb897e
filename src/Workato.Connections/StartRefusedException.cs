namespace Workato.Connections;

/// <summary>
/// The server must not start with this configuration. The message is one a person reads at the console: it says what to set.
/// </summary>
public sealed class StartRefusedException(string message) : Exception(message);
