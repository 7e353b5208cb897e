using Workato.Connections.AuthMethods;
using Workato.Connections.Connectors;

namespace Workato.Connections.Calling;

/// <summary>All that a call through a connection needs, as of one moment.</summary>
public sealed record ConnectionSnapshot(
    int Id, Connector Connector, int CredentialVersion, AuthorizationStatus? Status, string BaseUrl, IRequestCredentials Credentials)
{
    /// <summary>Whether the app says "wrong credentials" with this status.</summary>
    public bool IsRejection(int status) => Connector.RejectedWith.Contains(status);
}
