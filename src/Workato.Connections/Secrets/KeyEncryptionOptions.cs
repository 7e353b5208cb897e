namespace Workato.Connections.Secrets;

/// <summary>Which certificate wraps the key ring. Settings section <c>KeyEncryption</c>.</summary>
public sealed class KeyEncryptionOptions
{
    /// <summary>A PKCS#12 file with an RSA key, kept outside the database. Needed wherever the embedded default is not in use.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>The file's password; empty where it has none.</summary>
    public Secret? CertificatePassword { get; set; }

    /// <summary>Another PKCS#12 file whose certificate opens keys, too: the coming one, or the one before.</summary>
    public string? OtherCertificatePath { get; set; }

    /// <summary>That file's password; empty where it has none.</summary>
    public Secret? OtherCertificatePassword { get; set; }
}
