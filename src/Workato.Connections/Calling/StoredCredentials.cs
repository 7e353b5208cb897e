using Workato.Connections.AuthMethods;
using Workato.Connections.Connectors;
using Workato.Connections.Secrets;

namespace Workato.Connections.Calling;

/// <summary>The credentials of one connection, opened, and what they are for.</summary>
public sealed record OpenCredentials(Connector Connector, SignInWay Way, FieldValues Values)
{
    /// <summary>Ready to be put on requests.</summary>
    public IRequestCredentials Bind() => Way.Method.Bind(Way.Placement, Values);
}

/// <summary>Opens what stands in a connection's row.</summary>
public sealed class StoredCredentials(ConnectorCatalog catalog, CredentialProtector protector)
{
    /// <summary>The credentials, or why there are none to be had.</summary>
    public Result<OpenCredentials> Open(Connection row)
    {
        if (catalog.Find(row.Provider) is not { } connector || connector.FindWay(row.SignInBy) is not { } way)
            return NotInstalled(row.Provider);
        if (row.SealedSecrets is null)
            return No($"The connection '{row.Name}' is not connected to {connector.Title}. Connect it first.");
        return Secrets(row) is { } secrets
            ? new OpenCredentials(connector, way, new(row.Settings, secrets))
            : No($"The credentials of the connection '{row.Name}' cannot be read: they were altered or sealed under a key that is gone. Enter them again.");
    }

    /// <summary>As much as can be read, for filling in what is not given anew; null where the way to sign in is gone.</summary>
    public OpenCredentials? OpenWhatCanBe(Connection row, Connector connector) => connector.FindWay(row.SignInBy) is { } way
        ? new(connector, way, new(row.Settings, Secrets(row) ?? new Dictionary<string, Secret>()))
        : null;

    /// <summary>The app's connector file is gone.</summary>
    internal static Refusal NotInstalled(string provider) =>
        No($"The connector '{provider}' of this connection is not installed any more. Put its file back into Connectors__Directory.");

    private IReadOnlyDictionary<string, Secret>? Secrets(Connection row) => row.SealedSecrets is { } sealedSecrets ? protector.Open(row.Id, sealedSecrets) : null;

    private static Refusal No(string message) => new(RefusalKind.NotConnected, message);
}
