using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Secrets;

public sealed class KeyEncryptionCertificateTests : IDisposable
{
    private static readonly Secret Password = new("certificate password");

    private readonly TempDirectory directory = new();

    private string CertificatePath => Path.Combine(directory.Path, "key.pfx");

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_certificate_made_here_can_be_loaded_with_its_password()
    {
        KeyEncryptionCertificate.Create(CertificatePath, Password);

        using var certificate = KeyEncryptionCertificate.Load(CertificatePath, Password);

        certificate.GetRSAPrivateKey().ShouldNotBeNull();
    }

    [Fact]
    public void A_certificate_made_without_a_password_can_be_loaded_without_one()
    {
        KeyEncryptionCertificate.Create(CertificatePath, null);

        Should.NotThrow(() => KeyEncryptionCertificate.Load(CertificatePath, null).Dispose());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_its_owner_may_read_the_file()
    {
        KeyEncryptionCertificate.Create(CertificatePath, Password);

        File.GetUnixFileMode(CertificatePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_file_that_is_there_is_never_replaced()
    {
        File.WriteAllText(CertificatePath, "the one and only");

        Should.Throw<IOException>(() => KeyEncryptionCertificate.Create(CertificatePath, Password));

        File.ReadAllText(CertificatePath).ShouldBe("the one and only");
    }

    [Fact]
    public void A_missing_file_is_refused_by_name_and_setting()
    {
        var refused = Should.Throw<StartRefusedException>(() => KeyEncryptionCertificate.Load(CertificatePath, Password));

        refused.Message.ShouldBe($"The key encryption certificate {CertificatePath} does not exist. Set KeyEncryption__CertificatePath to the PKCS#12 file that was in use when the credentials were sealed.");
    }

    [Fact]
    public void A_wrong_password_is_refused_with_the_setting_to_check_and_without_the_password()
    {
        KeyEncryptionCertificate.Create(CertificatePath, Password);

        var refused = Should.Throw<StartRefusedException>(() => KeyEncryptionCertificate.Load(CertificatePath, new("not the password")));

        refused.Message.ShouldBe($"The certificate {CertificatePath} could not be opened. Check that it is a PKCS#12 file and that KeyEncryption__CertificatePassword is its password.");
    }

    [Fact]
    public void A_file_that_is_no_certificate_is_refused()
    {
        File.WriteAllText(CertificatePath, "-----BEGIN NOTHING-----");

        Should.Throw<StartRefusedException>(() => KeyEncryptionCertificate.Load(CertificatePath, null)).Message.ShouldContain("could not be opened");
    }

    [Fact]
    public void A_certificate_that_cannot_wrap_keys_is_refused()
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        File.WriteAllBytes(CertificatePath, certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, null));

        Should.Throw<StartRefusedException>(() => KeyEncryptionCertificate.Load(CertificatePath, null)).Message.ShouldContain("holds no RSA private key");
    }
}
