namespace Workato.Connections.AuthMethods.NoAuth;

/// <summary>For apps that ask for nothing.</summary>
public sealed class NoAuthMethod : IAuthMethod
{
    /// <inheritdoc/>
    public string Name => AuthMethodNames.NoAuth;

    /// <inheritdoc/>
    public string? Complaint(Placement placement) =>
        placement.IsEmpty ? null : "no_auth puts nothing on a request; remove the placement keys or choose api_key";

    /// <inheritdoc/>
    public IRequestCredentials Bind(Placement placement, FieldValues values) => FixedCredentials.None;
}
