namespace Workato.Connections.Authorizing.Refresh;

/// <summary>How getting new tokens ended.</summary>
/// <param name="Refusal">Why there are none; null where the connection has other credentials than before.</param>
public sealed record Renewal(Refusal? Refusal)
{
    /// <summary>The connection has other credentials, which are to be read: somebody else put them there.</summary>
    internal static Renewal ByOthers { get; } = new(Refusal: null);

    /// <summary>The connection as it was written, ready for those who waited; null where it is to be read.</summary>
    public RenewedConnection? Renewed { get; init; }
}

/// <summary>A connection with tokens that were got just now.</summary>
/// <param name="Row">The row as it was written.</param>
/// <param name="Credentials">What stands in it, opened.</param>
public sealed record RenewedConnection(Connection Row, OpenCredentials Credentials);
