using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.Internal;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Workato.Connections.Secrets;

/// <summary>Makes data keys, as rows to be saved with whatever else belongs to it in one transaction.</summary>
public sealed class KeyMaker(IOptions<KeyManagementOptions> options, IActivator activator, ILoggerFactory logs, TimeProvider time)
{
    /// <summary>How long a key is used before the next takes its place.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>A new key in force from <paramref name="from"/> on (null: now), wrapped by the certificate in force.</summary>
    public (Guid Id, DataProtectionKey Row) Make(DateTimeOffset? from = null)
    {
        var row = new Row();
        var wrapped = new KeyManagementOptions { XmlRepository = row, XmlEncryptor = options.Value.XmlEncryptor, AuthenticatedEncryptorConfiguration = options.Value.AuthenticatedEncryptorConfiguration };
        var key = new XmlKeyManager(Options.Create(wrapped), activator, logs).CreateNewKey(from ?? time.GetUtcNow(), (from ?? time.GetUtcNow()) + Lifetime);
        return (key.KeyId, row.Made!);
    }

    private sealed class Row : IXmlRepository
    {
        public DataProtectionKey? Made { get; private set; }

        public IReadOnlyCollection<XElement> GetAllElements() => [];

        public void StoreElement(XElement element, string friendlyName) =>
            Made = new() { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) };
    }
}
