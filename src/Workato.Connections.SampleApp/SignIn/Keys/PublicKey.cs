using System.Security.Cryptography;
using System.Text.Json;

namespace Workato.Connections.SampleApp.SignIn.Keys;

/// <summary>
/// A registered public key. Parameters and not a key object: those are not made for several threads.
/// </summary>
internal sealed class PublicKey
{
    private readonly RSAParameters? _rsa;
    private readonly ECParameters? _ec;

    private PublicKey(RSAParameters? rsa, ECParameters? ec) => (_rsa, _ec) = (rsa, ec);

    /// <summary>From PEM in a text or from a JWK object; null if it is neither.</summary>
    public static PublicKey? Read(JsonElement key)
    {
        try
        {
            return key.ValueKind switch
            {
                JsonValueKind.String => OfPem(key.GetString()!),
                JsonValueKind.Object => JsonWebKey.Read(key) is var (rsa, ec) ? Checked(rsa, ec) : null,
                _ => null,
            };
        }
        catch (Exception unusable) when (unusable is CryptographicException or ArgumentException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    public bool VerifyRsa(byte[] data, byte[] signature, HashAlgorithmName hash, RSASignaturePadding padding)
    {
        if (_rsa is not { } parameters) return false;
        using var rsa = RSA.Create(parameters);
        return rsa.VerifyData(data, signature, hash, padding);
    }

    /// <summary>With the curve that belongs to the hash (RFC 7518, 3.4) and no other.</summary>
    public bool VerifyEc(byte[] data, byte[] signature, HashAlgorithmName hash, int bits)
    {
        if (_ec is not { } parameters) return false;
        using var ec = ECDsa.Create(parameters);
        return ec.KeySize == bits && ec.VerifyData(data, signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static PublicKey OfPem(string pem)
    {
        // Whoever sends the private key by mistake shall hear of it.
        if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal)) throw new ArgumentException("That is a private key.", nameof(pem));
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return new(rsa.ExportParameters(false), null);
        }
        catch (CryptographicException)
        {
            using var ec = ECDsa.Create();
            ec.ImportFromPem(pem);
            return new(null, ec.ExportParameters(false));
        }
    }

    // A key that cannot be loaded is refused when it is registered, not when it is needed.
    private static PublicKey Checked(RSAParameters? rsa, ECParameters? ec)
    {
        if (rsa is { } rsaParameters) RSA.Create(rsaParameters).Dispose();
        if (ec is { } ecParameters) ECDsa.Create(ecParameters).Dispose();
        return new(rsa, ec);
    }
}
