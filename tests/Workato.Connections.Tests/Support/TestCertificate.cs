using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Workato.Connections.Tests.Support;

/// <summary>Key encryption certificates made by the tests; the shared one is made once, because RSA keys take their time.</summary>
public static class TestCertificate
{
    private static readonly Lazy<X509Certificate2> Made = new(Make);

    public static X509Certificate2 Shared => Made.Value;

    /// <summary>Another one than <see cref="Shared"/>.</summary>
    public static X509Certificate2 Make()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=test", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }
}
