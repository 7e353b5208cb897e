using System.Security.Cryptography;
using System.Text;
using Workato.Connections.SampleApp.SignIn.Keys;

namespace Workato.Connections.SampleApp.SignIn.OAuth1;

/// <summary>One way to sign (RFC 5849, 3.4.2 to 3.4.4, and what apps made of it with longer hashes).</summary>
/// <param name="Name">What clients send as <c>oauth_signature_method</c>.</param>
/// <param name="Hash">With which the body is hashed, too, where the client signs it.</param>
/// <param name="Fits">Whether the signature fits.</param>
internal sealed record SignatureMethod(string Name, HashAlgorithmName Hash, Func<Signed, bool> Fits)
{
    public const string Plain = "PLAINTEXT";

    public static IReadOnlyList<SignatureMethod> All { get; } =
    [
        new("HMAC-SHA1", HashAlgorithmName.SHA1, signed => Hmac(signed, HashAlgorithmName.SHA1)),
        new("HMAC-SHA256", HashAlgorithmName.SHA256, signed => Hmac(signed, HashAlgorithmName.SHA256)),
        new("HMAC-SHA512", HashAlgorithmName.SHA512, signed => Hmac(signed, HashAlgorithmName.SHA512)),
        new("RSA-SHA1", HashAlgorithmName.SHA1, signed => Rsa(signed, HashAlgorithmName.SHA1)),
        new("RSA-SHA256", HashAlgorithmName.SHA256, signed => Rsa(signed, HashAlgorithmName.SHA256)),
        new("RSA-SHA512", HashAlgorithmName.SHA512, signed => Rsa(signed, HashAlgorithmName.SHA512)),
        new(Plain, HashAlgorithmName.SHA1, signed => RandomSecret.Same(signed.Secrets, signed.Signature)),
    ];

    public static SignatureMethod? Find(string? name) => All.FirstOrDefault(method => method.Name == name);

    private static bool Hmac(Signed signed, HashAlgorithmName hash) => Decode(signed.Signature) is { } signature && CryptographicOperations.FixedTimeEquals(
        CryptographicOperations.HmacData(hash, Encoding.ASCII.GetBytes(signed.Secrets), Encoding.ASCII.GetBytes(signed.BaseString)), signature);

    private static bool Rsa(Signed signed, HashAlgorithmName hash) => Decode(signed.Signature) is { } signature
        && signed.Key?.VerifyRsa(Encoding.ASCII.GetBytes(signed.BaseString), signature, hash, RSASignaturePadding.Pkcs1) == true;

    private static byte[]? Decode(string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length) ? bytes[..length] : null;
    }
}

/// <summary>A signature, and all that it takes to check it.</summary>
/// <param name="BaseString">What was signed.</param>
/// <param name="Signature">As it was sent, decoded.</param>
/// <param name="ConsumerSecret">The consumer's half of the secret.</param>
/// <param name="TokenSecret">The token's half, or "".</param>
/// <param name="Key">The consumer's public key, or null.</param>
internal sealed record Signed(string BaseString, string Signature, string ConsumerSecret, string TokenSecret, PublicKey? Key)
{
    /// <summary>RFC 5849, 3.4.2 and 3.4.4: both, encoded, with an ampersand that is there even if one is empty.</summary>
    public string Secrets => $"{PercentEncoding.Encode(ConsumerSecret)}&{PercentEncoding.Encode(TokenSecret)}";
}
