using System.Security.Cryptography;
using System.Text;

namespace Workato.Connections.AuthMethods.OAuth1;

/// <summary>RFC 5849 section 3.4.2, and the same with younger hashes.</summary>
internal sealed class HmacSignature(string name, HashAlgorithmName hash) : ISignatureMethod
{
    public string Name => name;

    public HashAlgorithmName? Hash => hash;

    public bool NeedsPrivateKey => false;

    public bool Accepts(SigningKeys keys) => true;

    public string Sign(string baseString, SigningKeys keys) =>
        Convert.ToBase64String(CryptographicOperations.HmacData(hash, Encoding.ASCII.GetBytes(keys.Joined()), Encoding.ASCII.GetBytes(baseString)));
}
