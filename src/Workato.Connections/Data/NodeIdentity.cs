using System.Globalization;
using System.Security.Cryptography;

namespace Workato.Connections.Data;

/// <summary>Which process this is, among all that work on one database.</summary>
public sealed class NodeIdentity
{
    /// <summary>Drawn at start. It names the lock by which other processes see that this one is there.</summary>
    public int Number { get; } = RandomNumberGenerator.GetInt32(1, int.MaxValue);

    /// <summary>A name for a lease that no other lease has, by which its node is known.</summary>
    public string NewLease() => string.Create(CultureInfo.InvariantCulture, $"{Number}:{Guid.NewGuid():N}");

    /// <summary>The node that took a lease.</summary>
    public static int NodeOf(string lease) => int.TryParse(lease.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
