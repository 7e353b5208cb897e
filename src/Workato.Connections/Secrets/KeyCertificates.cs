using System.Security.Cryptography.X509Certificates;

namespace Workato.Connections.Secrets;

/// <summary>The certificates this node has for the key ring.</summary>
/// <param name="InForce">The one that new keys are wrapped by.</param>
/// <param name="Other">Another one that opens keys, too: the coming one, or the one before. Null: there is none.</param>
public sealed record KeyCertificates(X509Certificate2 InForce, X509Certificate2? Other = null)
{
    /// <summary>All there are.</summary>
    public X509Certificate2[] All => Other is null ? [InForce] : [InForce, Other];

    /// <summary>The one of this thumbprint, or null.</summary>
    public X509Certificate2? Find(string? thumbprint) => Array.Find(All, c => string.Equals(c.Thumbprint, thumbprint, StringComparison.OrdinalIgnoreCase));
}
