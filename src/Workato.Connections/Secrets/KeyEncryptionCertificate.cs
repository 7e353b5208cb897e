using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Workato.Connections.Secrets;

/// <summary>The certificate that wraps the key ring: loads it, and makes one where that is asked for.</summary>
public static class KeyEncryptionCertificate
{
    /// <summary>Loads the certificate at <paramref name="path"/>.</summary>
    /// <exception cref="StartRefusedException">It is not there, its password is wrong, or it has no RSA private key.</exception>
    public static X509Certificate2 Load(string path, Secret? password) => Load(path, password, "");

    /// <summary>The same for the other certificate, in the words of its settings.</summary>
    /// <exception cref="StartRefusedException">It is not there, its password is wrong, or it has no RSA private key.</exception>
    public static X509Certificate2 LoadOther(string path, Secret? password) => Load(path, password, "Other");

    private static X509Certificate2 Load(string path, Secret? password, string other)
    {
        if (!File.Exists(path))
        {
            throw new StartRefusedException(other.Length > 0
                ? $"The other key encryption certificate {path} does not exist. Set KeyEncryption__OtherCertificatePath to the PKCS#12 file of the coming certificate or the one before, or to nothing."
                : $"The key encryption certificate {path} does not exist. Set KeyEncryption__CertificatePath to the PKCS#12 file that was in use when the credentials were sealed.");
        }

        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password?.Reveal());
            return certificate.GetRSAPrivateKey() is not null
                ? certificate
                : throw new StartRefusedException($"The certificate {path} holds no RSA private key. KeyEncryption__{other}CertificatePath needs a PKCS#12 file with one.");
        }
        catch (CryptographicException)
        {
            throw new StartRefusedException($"The certificate {path} could not be opened. Check that it is a PKCS#12 file and that KeyEncryption__{other}CertificatePassword is its password.");
        }
    }

    /// <summary>
    /// Makes a self-signed certificate (RSA 3072, 30 years: what it wraps must stay readable) in a file that only its
    /// owner may read. Never replaces a file that is there.
    /// </summary>
    /// <exception cref="IOException">A file of that name exists already.</exception>
    public static void Create(string path, Secret? password)
    {
        using var rsa = RSA.Create(3072);
        var request = new CertificateRequest("CN=Workato.Connections key encryption", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(30));

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        // Whole or not at all: half a certificate after a power cut would refuse every later start.
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        using (var file = new FileStream(unfinished, options))
        {
            file.Write(certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, password?.Reveal()));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException)
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
