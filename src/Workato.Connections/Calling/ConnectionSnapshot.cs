using Workato.Connections.Auditing;
using Workato.Connections.AuthMethods;
using Workato.Connections.Connectors;

namespace Workato.Connections.Calling;

/// <summary>All that a call through a connection needs, as of one moment.</summary>
public sealed record ConnectionSnapshot(
    int Id, Connector Connector, int CredentialVersion, AuthorizationStatus? Status, string BaseUrl, IRequestCredentials Credentials)
{
    /// <summary>What the audit log knows it by: made once for all calls.</summary>
    public required Audited Audited { get; init; }

    /// <summary>All that is put on requests: to be taken out of what an app repeats of it.</summary>
    internal FieldValues Values { get; init; } = FieldValues.Empty;

    /// <summary>The end user whose own connection it is: only what is done on that user's behalf goes through it. Null where it is nobody's.</summary>
    public string? User { get; init; }

    /// <summary>From when on its access token is not put on requests any more; null where it does not end.</summary>
    public DateTimeOffset? UsableUntil { get; init; }

    /// <summary>When new tokens are due; null: not by themselves.</summary>
    public DateTimeOffset? RefreshDueAt { get; init; }

    /// <summary>Whether the credentials are tokens the app issued.</summary>
    public bool UsesTokens { get; init; }

    /// <summary>Whether new tokens can be got without a person.</summary>
    public bool CanRenew { get; init; }

    /// <summary>Whether getting new tokens failed last time: then a request that works says nothing about it.</summary>
    public bool HasRefreshProblem { get; init; }

    /// <summary>Whether the app says "wrong credentials" with this status.</summary>
    public bool IsRejection(int status) => Connector.RejectedWith.Contains(status);
}
