using System.Security.Cryptography;

namespace Workato.Connections.AuthMethods.OAuth1;

/// <summary>Every signature method there is; nothing else switches on a method's name.</summary>
internal static class SignatureMethods
{
    private static readonly Dictionary<string, ISignatureMethod> Methods = new ISignatureMethod[]
    {
        new HmacSignature("HMAC-SHA1", HashAlgorithmName.SHA1), new HmacSignature("HMAC-SHA256", HashAlgorithmName.SHA256), new HmacSignature("HMAC-SHA512", HashAlgorithmName.SHA512),
        new RsaSignature("RSA-SHA1", HashAlgorithmName.SHA1), new RsaSignature("RSA-SHA256", HashAlgorithmName.SHA256), new RsaSignature("RSA-SHA512", HashAlgorithmName.SHA512),
        new PlainTextSignature(),
    }.ToDictionary(m => m.Name);

    /// <summary>The names, in the order they are documented.</summary>
    public static IReadOnlyCollection<string> Names => Methods.Keys;

    /// <summary>The method called <paramref name="name"/>, or null.</summary>
    public static ISignatureMethod? Find(string name) => Methods.GetValueOrDefault(name);
}
