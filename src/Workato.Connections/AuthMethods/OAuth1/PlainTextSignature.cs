using System.Security.Cryptography;

namespace Workato.Connections.AuthMethods.OAuth1;

/// <summary>RFC 5849 section 3.4.4: no signature at all, the secrets themselves under the protection of TLS.</summary>
internal sealed class PlainTextSignature : ISignatureMethod
{
    public string Name => "PLAINTEXT";

    public HashAlgorithmName? Hash => null;

    public bool NeedsPrivateKey => false;

    public bool Accepts(SigningKeys keys) => true;

    public string Sign(string baseString, SigningKeys keys) => keys.Joined();
}
