using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Workato.Connections.SampleApp.SignIn.Keys;

/// <summary>The public part of a JSON Web Key (RFC 7518, 6.2 and 6.3).</summary>
internal static class JsonWebKey
{
    /// <summary>One of the two, or null if it is of another type.</summary>
    public static (RSAParameters? Rsa, ECParameters? Ec)? Read(JsonElement jwk) => jwk.GetProperty("kty").GetString() switch
    {
        "RSA" => (new RSAParameters { Modulus = Bytes(jwk, "n"), Exponent = Bytes(jwk, "e") }, null),
        "EC" => (null, new ECParameters { Curve = Curve(jwk), Q = new() { X = Bytes(jwk, "x"), Y = Bytes(jwk, "y") } }),
        _ => null,
    };

    private static byte[] Bytes(JsonElement jwk, string name) => Base64Url.DecodeFromChars(jwk.GetProperty(name).GetString());

    private static ECCurve Curve(JsonElement jwk) => jwk.GetProperty("crv").GetString() switch
    {
        "P-256" => ECCurve.NamedCurves.nistP256,
        "P-384" => ECCurve.NamedCurves.nistP384,
        "P-521" => ECCurve.NamedCurves.nistP521,
        var other => throw new ArgumentException($"The curve {other} is not known.", nameof(jwk)),
    };
}
