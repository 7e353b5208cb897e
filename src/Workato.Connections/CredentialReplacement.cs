using Microsoft.Extensions.Logging;
using Workato.Connections.Auditing;
using Workato.Connections.AuthMethods;
using Workato.Connections.Authorizing;
using Workato.Connections.Connectors;
using Workato.Connections.Secrets;

namespace Workato.Connections;

/// <summary>Puts new credentials into a connection that is there: proved first, so that working ones are never lost to a slip.</summary>
public sealed partial class CredentialReplacement(
    ConnectorCatalog catalog, StoredCredentials stored, CredentialProtector protector, CredentialPreparation preparation, ConnectionTrail trail, WhoActs who, TimeProvider time, ILogger<CredentialReplacement> log)
{
    /// <summary>Changes <paramref name="connection"/> in memory, or refuses and leaves it as it is.</summary>
    internal async Task<Refusal?> ReplaceAsync(
        Connection connection, IReadOnlyDictionary<string, string?> given, Tokens? tokens, Proving proving, ProblemList problems, CancellationToken cancel)
    {
        if (catalog.Find(connection.Provider) is not { } connector) return StoredCredentials.NotInstalled(connection.Provider);
        var current = stored.OpenWhatCanBe(connection, connector);
        if (proving == Proving.Skipped && connection.HasCredentials && !problems.Any)
            return Refusal.Invalid("shell_connection", "must be false here: credentials that are in use are only replaced by ones that were proved; disconnect the connection first to store some untested");

        // What works is only replaced by what works. What was lost is no loss: new tokens take its place unless the app refuses them.
        var needed = !connection.HasCredentials ? proving : tokens is not null && connection.Status == AuthorizationStatus.Failed ? Proving.NotRefused : Proving.Required;
        var prepared = await preparation.PrepareAsync(connector, given, tokens, current, needed, problems, cancel);
        if (prepared.Refusal is { } refusal)
            return refusal.Kind == RefusalKind.Unproved && connection.HasCredentials ? refusal with { Message = $"{refusal.Message} Nothing was changed: the connection keeps the credentials it had." } : refusal;
        // Another way to sign in, or another client: what there is stays until somebody has signed in that way.
        if (connection.HasCredentials && prepared.Value is { Credentials: { Tokens: null, Way.Placement.NeedsConsent: true } })
            return Refusal.Invalid("input", $"is only taken by signing in at {connector.Title} again: the permission there is belongs to the settings it was given under");

        var ready = prepared.Value!;
        connection.Put(ready, who.Actor, protector, time.GetUtcNow());
        await trail.CredentialsGivenAsync(connection, ready.Since(given, current?.Tokens), cancel);
        LogReplaced(log, connection.Id, connection.Provider, connection.Status?.ToString() ?? "not tested");
        return null;
    }

    [LoggerMessage(LogLevel.Information, "The credentials of connection {ConnectionId} ({Provider}) are being replaced: {Status}.")]
    private static partial void LogReplaced(ILogger log, int connectionId, string provider, string status);
}
