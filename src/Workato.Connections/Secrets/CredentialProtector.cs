using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Workato.Connections.Secrets;

/// <summary>
/// Seals the secret fields of one connection and opens them again. The purpose names the kind of secret and the
/// sub-purpose the row, so that a ciphertext copied to another row, or to another kind of row, does not open there.
/// </summary>
public sealed class CredentialProtector(IDataProtectionProvider provider)
{
    private readonly IDataProtector root = provider.CreateProtector("Workato.Connections.Credentials");

    /// <summary>Seals <paramref name="secrets"/> for the connection <paramref name="connectionId"/>.</summary>
    public byte[] Seal(int connectionId, IReadOnlyDictionary<string, Secret> secrets)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(secrets.ToDictionary(s => s.Key, s => s.Value.Reveal()));
        try
        {
            return ForRow(connectionId).Protect(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>
    /// Opens what <see cref="Seal"/> made, or returns null where it cannot be opened (altered, moved from another row,
    /// sealed under a key that is gone): a state to be shown on that one connection, not an exception.
    /// </summary>
    public IReadOnlyDictionary<string, Secret>? Open(int connectionId, byte[] sealedSecrets)
    {
        try
        {
            var plain = ForRow(connectionId).Unprotect(sealedSecrets);
            var values = JsonSerializer.Deserialize<Dictionary<string, string>>(plain)!;
            CryptographicOperations.ZeroMemory(plain);
            return values.ToDictionary(v => v.Key, v => new Secret(v.Value));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector ForRow(int connectionId) =>
        root.CreateProtector("connection:" + connectionId.ToString(CultureInfo.InvariantCulture));
}
