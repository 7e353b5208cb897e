using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Logging;

namespace Workato.Connections.Secrets;

/// <summary>Wraps a data key, as it stands in the database, by another certificate.</summary>
public sealed class KeyWrapping(KeyCertificates certificates, IServiceProvider services, ILoggerFactory logs)
{
    private static readonly XNamespace Protection = "http://schemas.asp.net/2015/03/dataProtection";
    private static readonly XNamespace Signature = "http://www.w3.org/2000/09/xmldsig#";

    /// <summary>The thumbprint of the certificate a key is wrapped by; null where it is not wrapped, or no key.</summary>
    public static string? WrappedBy(string xml)
    {
        try
        {
            if (XElement.Parse(xml).Descendants(Signature + "X509Certificate").FirstOrDefault()?.Value is not { } text) return null;
            using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text));
            return certificate.Thumbprint;
        }
        catch (Exception e) when (e is XmlException or FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The id of a key as it stands in the database; null where it is none.</summary>
    public static Guid? IdOf(string xml)
    {
        try
        {
            return Guid.TryParse(XElement.Parse(xml).Attribute("id")?.Value, out var id) ? id : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The same key wrapped by the certificate of this thumbprint; null where it cannot be opened here.</summary>
    /// <exception cref="InvalidOperationException">This node does not have that certificate.</exception>
    public string? Wrap(string xml, string thumbprint)
    {
        var by = certificates.Find(thumbprint) ?? throw new InvalidOperationException($"This node does not have the certificate {thumbprint}.");
        try
        {
            var key = XElement.Parse(xml);
            if (key.Descendants(Protection + "encryptedSecret").SingleOrDefault() is not { } secret) return null;
            var wrapped = new CertificateXmlEncryptor(by, logs).Encrypt(new EncryptedXmlDecryptor(services).Decrypt(secret.Elements().Single()));
            secret.SetAttributeValue("decryptorType", wrapped.DecryptorType.AssemblyQualifiedName);
            secret.ReplaceNodes(wrapped.EncryptedElement);
            return key.ToString(SaveOptions.DisableFormatting);
        }
        catch (Exception e) when (e is XmlException or CryptographicException or InvalidOperationException)
        {
            return null;
        }
    }
}
