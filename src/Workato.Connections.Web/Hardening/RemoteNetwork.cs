using System.Net;
using System.Net.Sockets;

namespace Workato.Connections.Web.Hardening;

/// <summary>
/// Whom requests are counted for: an address, with IPv6 the /64 that one subscriber has. They share a fixed number of slots,
/// so that no number of addresses fills the memory; which share one is another at every start, and nobody can choose it.
/// </summary>
internal static class RemoteNetwork
{
    public const int Slots = 1 << 14;

    public static int Slot(IPAddress? address)
    {
        if (address is null) return 0;
        Span<byte> bytes = stackalloc byte[16];
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        address.TryWriteBytes(bytes, out _);
        var hash = default(HashCode);
        hash.AddBytes(bytes[..(address.AddressFamily == AddressFamily.InterNetworkV6 ? 8 : 4)]);
        return (int)((uint)hash.ToHashCode() % Slots);
    }
}
