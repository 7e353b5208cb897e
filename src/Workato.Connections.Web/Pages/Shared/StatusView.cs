namespace Workato.Connections.Web.Pages.Shared;

/// <summary>A connection's state as a badge: word, tone and sign, so that it does not hang on colour alone.</summary>
/// <param name="Word">What people read.</param>
/// <param name="Tone">The CSS tone: ok, warn, bad or idle.</param>
/// <param name="Sign">A sign beside the word.</param>
public sealed record StatusView(string Word, string Tone, string Sign)
{
    /// <summary>The badge for a connection.</summary>
    public static StatusView Of(ConnectionSummary connection) => connection switch
    {
        { Status: AuthorizationStatus.Success } => new("Connected", "ok", "✓"),
        { Status: AuthorizationStatus.Failed } => new("Needs attention", "bad", "!"),
        { Status: AuthorizationStatus.Exception } => new("App not reachable", "warn", "~"),
        { HasCredentials: true } => new("Not tested", "idle", "?"),
        _ => new("Not connected", "idle", "–"),
    };
}
