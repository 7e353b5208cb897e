using System.Security.Cryptography;
using Workato.Connections.Secrets;

namespace Workato.Connections.AuthMethods.OAuth1;

/// <summary>A way of signing the base string (RFC 5849 section 3.4).</summary>
internal interface ISignatureMethod
{
    /// <summary>As <c>oauth_signature_method</c> says it.</summary>
    string Name { get; }

    /// <summary>The hash a body is signed by, or null where bodies are not signed.</summary>
    HashAlgorithmName? Hash { get; }

    /// <summary>Whether it signs by a private key and not by the secrets.</summary>
    bool NeedsPrivateKey { get; }

    /// <summary>Whether it can sign with these keys.</summary>
    bool Accepts(SigningKeys keys);

    /// <summary>The signature; empty where <see cref="Accepts"/> says no, so that the app is the one to refuse it.</summary>
    string Sign(string baseString, SigningKeys keys);
}

/// <summary>What is signed with.</summary>
/// <param name="ClientSecret">The client's shared-secret.</param>
/// <param name="TokenSecret">The token's shared-secret.</param>
/// <param name="PrivateKey">The client's RSA key, PEM.</param>
internal sealed record SigningKeys(Secret? ClientSecret, Secret? TokenSecret, Secret? PrivateKey)
{
    /// <summary>Both secrets as HMAC-SHA1's key and as PLAINTEXT's signature (sections 3.4.2 and 3.4.4): the ampersand is there in any case.</summary>
    // A method, because a record prints its properties.
    public string Joined() => $"{ParameterEncoding.Encode(ClientSecret?.Reveal() ?? "")}&{ParameterEncoding.Encode(TokenSecret?.Reveal() ?? "")}";
}
