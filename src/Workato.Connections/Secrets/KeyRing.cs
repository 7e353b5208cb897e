using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;

namespace Workato.Connections.Secrets;

/// <summary>The data keys as they were read last. One it does not know is looked for in the database before anything is said to be unreadable.</summary>
internal sealed class KeyRing : IKeyRing
{
    private readonly Dictionary<Guid, DataKey> keys;
    private readonly Func<Guid, KeyRing> lookAgain;
    private readonly DataKey byDefault;

    public KeyRing(Dictionary<Guid, DataKey> keys, DataKey byDefault, Func<Guid, KeyRing> lookAgain) => (this.keys, this.byDefault, this.lookAgain) = (keys, byDefault, lookAgain);

    public IAuthenticatedEncryptor? DefaultAuthenticatedEncryptor => byDefault.Encryptor;

    public Guid DefaultKeyId => byDefault.Id;

    /// <summary>All keys, also those that cannot be opened.</summary>
    public IReadOnlyCollection<DataKey> Keys => keys.Values;

    /// <summary>What is sealed from now on is sealed under this one.</summary>
    public DataKey Default => byDefault;

    public DataKey? Find(Guid id) => keys.GetValueOrDefault(id);

    public IAuthenticatedEncryptor? GetAuthenticatedEncryptorByKeyId(Guid keyId, out bool isRevoked)
    {
        var found = Find(keyId) is { Encryptor: not null } here ? here : lookAgain(keyId).Find(keyId);
        isRevoked = found?.IsRevoked ?? false;
        return found?.Encryptor;
    }
}

/// <summary>A key that things are sealed under.</summary>
/// <param name="Id">Its id, which stands in front of everything sealed under it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ActiveFrom">From when on it is used.</param>
/// <param name="ExpiresAt">Until when it is used; it opens what it sealed for ever.</param>
/// <param name="IsRevoked">Whether it opens nothing any more.</param>
public sealed record DataKey(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset ActiveFrom, DateTimeOffset ExpiresAt, bool IsRevoked)
{
    /// <summary>Whether this node can open it, and with it what is sealed under it.</summary>
    public bool CanBeOpened => Encryptor is not null;

    internal IAuthenticatedEncryptor? Encryptor { get; init; }
}
