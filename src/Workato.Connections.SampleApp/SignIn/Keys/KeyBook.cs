using System.Collections.Concurrent;

namespace Workato.Connections.SampleApp.SignIn.Keys;

/// <summary>The public keys that clients registered, one each.</summary>
internal sealed class KeyBook
{
    private readonly ConcurrentDictionary<string, PublicKey> _keys = new();

    public IEnumerable<string> Owners => _keys.Keys.Order(StringComparer.Ordinal);

    public PublicKey? Find(string owner) => _keys.GetValueOrDefault(owner);

    public void Register(string owner, PublicKey key) => _keys[owner] = key;
}
