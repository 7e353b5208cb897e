using Microsoft.Extensions.Logging;
using Workato.Connections.Calling;
using Workato.Connections.Calling.Egress;
using Workato.Connections.Connectors;
using Workato.Connections.Health;
using Workato.Connections.Secrets;

namespace Workato.Connections;

/// <summary>Puts new credentials into a connection that is there: proved first, so that working ones are never lost to a slip.</summary>
public sealed partial class CredentialReplacement(
    ConnectorCatalog catalog, StoredCredentials stored, CredentialProtector protector, ConnectionTester tester, EgressRules egress,
    TimeProvider time, ILogger<CredentialReplacement> log)
{
    /// <summary>Changes <paramref name="connection"/> in memory, or refuses and leaves it as it is.</summary>
    internal async Task<Refusal?> ReplaceAsync(
        Connection connection, IReadOnlyDictionary<string, string?> given, Proving proving, ProblemList problems, CancellationToken cancel)
    {
        if (catalog.Find(connection.Provider) is not { } connector) return StoredCredentials.NotInstalled(connection.Provider);
        var input = new ConnectionInput(connector, egress);
        var check = input.Check(given, stored.OpenWhatCanBe(connection, connector));
        if (check.Refusal is { } refusal) problems.Add(refusal);
        if (problems.Any) return problems.ToRefusal();

        var (_, way, values) = check.Value!;
        if (proving == Proving.Skipped && connection.HasCredentials)
            return Refusal.Invalid("shell_connection", "must be false here: credentials that are in use are only replaced by ones that were proved; disconnect the connection first to store some untested");

        var proof = proving == Proving.Skipped ? null : await tester.ProveAsync(connector, way, values, cancel);
        if (proof is { AddressRefused: true }) return Refusal.Invalid("input." + input.AddressField, proof.Error!);
        if (proof is { Succeeded: false } && (proving == Proving.Required || connection.HasCredentials))
            return new Refusal(RefusalKind.Unproved, connection.HasCredentials ? $"{proof.Error} Nothing was changed: the connection keeps the credentials it had." : proof.Error!);

        connection.SignInBy = way.Name;
        connection.Settings = new(values.Settings);
        connection.SealedSecrets = protector.Seal(connection.Id, values.Secrets);
        connection.CredentialVersion++;
        (connection.Status, connection.AuthorizedAt, connection.Identity) = (null, null, null);
        if (proof is not null) connection.Record(proof, way, values, time.GetUtcNow());
        LogReplaced(log, connection.Id, connection.Provider, connection.Status?.ToString() ?? "not tested");
        return null;
    }

    [LoggerMessage(LogLevel.Information, "The credentials of connection {ConnectionId} ({Provider}) are being replaced: {Status}.")]
    private static partial void LogReplaced(ILogger log, int connectionId, string provider, string status);
}
