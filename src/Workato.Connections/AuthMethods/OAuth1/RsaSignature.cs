using System.Security.Cryptography;
using System.Text;
using Workato.Connections.Secrets;

namespace Workato.Connections.AuthMethods.OAuth1;

/// <summary>RFC 5849 section 3.4.3 (RSASSA-PKCS1-v1_5), and the same with younger hashes. The secrets are not used.</summary>
internal sealed class RsaSignature(string name, HashAlgorithmName hash) : ISignatureMethod
{
    public string Name => name;

    public HashAlgorithmName? Hash => hash;

    public bool NeedsPrivateKey => true;

    // Tried, not looked at: a public key reads well too, and a short one is too short for a long hash only.
    public bool Accepts(SigningKeys keys) => Sign("", keys).Length > 0;

    // The key is read anew each time: an RSA object may not be used by several threads at once, and nobody would be there to dispose of it.
    public string Sign(string baseString, SigningKeys keys)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(PemText.Whole(keys.PrivateKey?.Reveal() ?? ""));
            return Convert.ToBase64String(rsa.SignData(Encoding.ASCII.GetBytes(baseString), hash, RSASignaturePadding.Pkcs1));
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return "";
        }
    }
}
