using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Workato.Connections.Secrets;

/// <summary>
/// Seals secrets for one row and opens them again. The purpose names the kind of secret and the sub-purpose the row, so
/// that a ciphertext copied to another row, or to another kind of row, does not open there.
/// </summary>
public sealed class CredentialProtector(IDataProtectionProvider provider)
{
    /// <summary>Seals the secret fields of the connection <paramref name="connectionId"/>.</summary>
    public byte[] Seal(int connectionId, IReadOnlyDictionary<string, Secret> secrets) =>
        Seal(SecretKinds.Credentials, Row(connectionId), secrets.ToDictionary(s => s.Key, s => s.Value.Reveal()));

    /// <summary>
    /// Opens what <see cref="Seal(int, IReadOnlyDictionary{string, Secret})"/> made, or returns null where it cannot be
    /// opened (altered, moved from another row, sealed under a key that is gone): a state to be shown on that one
    /// connection, not an exception.
    /// </summary>
    public IReadOnlyDictionary<string, Secret>? Open(int connectionId, byte[] sealedSecrets) =>
        Open<Dictionary<string, string>>(SecretKinds.Credentials, Row(connectionId), sealedSecrets)?.ToDictionary(v => v.Key, v => new Secret(v.Value));

    /// <summary>Seals <paramref name="plain"/>, secrets in plain text, as the <paramref name="kind"/> of secret it is for one row.</summary>
    public byte[] Seal<T>(string kind, string row, T plain)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(plain);
        try
        {
            return For(kind, row).Protect(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Opens what <see cref="Seal{T}"/> made, or returns null where it cannot be opened.</summary>
    public T? Open<T>(string kind, string row, byte[] sealedSecrets)
        where T : class
    {
        try
        {
            var plain = For(kind, row).Unprotect(sealedSecrets);
            var value = JsonSerializer.Deserialize<T>(plain);
            CryptographicOperations.ZeroMemory(plain);
            return value;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The sub-purpose of a connection's row.</summary>
    public static string Row(int connectionId) => "connection:" + connectionId.ToString(CultureInfo.InvariantCulture);

    private IDataProtector For(string kind, string row) => provider.CreateProtector("Workato.Connections." + kind, row);
}

/// <summary>The kinds of secrets there are; each is sealed under a purpose of its own.</summary>
public static class SecretKinds
{
    /// <summary>What a person gave for a connection.</summary>
    public const string Credentials = "Credentials";

    /// <summary>What an app issued for a connection.</summary>
    public const string Tokens = "Tokens";

    /// <summary>The secret of a custom OAuth profile.</summary>
    public const string OAuthProfiles = "OAuthProfiles";

    /// <summary>What is meant to become of an authorization under way.</summary>
    public const string AuthorizationAttempts = "AuthorizationAttempts";

    /// <summary>Where the answer to a command in a chat goes.</summary>
    public const string Replies = "Replies";

    /// <summary>The user a page of one's own connections is for.</summary>
    public const string PersonalPages = "PersonalPages";

    /// <summary>The key of the audit chain.</summary>
    public const string Auditing = "Auditing";

    /// <summary>What webhooks are signed with.</summary>
    public const string Webhooks = "Webhooks";
}
