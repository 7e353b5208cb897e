using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Workato.Connections.Privileges;

/// <summary>Networks a token may be used from, as people write them and as they are kept.</summary>
public static class Networks
{
    /// <summary>How many a client may have.</summary>
    public const int Max = 100;

    /// <summary>
    /// A network such as <c>10.0.0.0/8</c> or a single address, in CIDR notation as it is kept; null where it is neither.
    /// Addresses of IPv4 written as IPv6 (RFC 4291 section 2.5.5.2) are the same as without that.
    /// </summary>
    public static string? Normalize(string text)
    {
        var parts = text.Trim().Split('/');
        // The parser also takes 10.1 for 10.0.0.1, and a zone that means nothing on another machine.
        if (parts.Length > 2 || text.Contains('%', StringComparison.Ordinal) || !IPAddress.TryParse(parts[0], out var address)) return null;
        if (address.AddressFamily == AddressFamily.InterNetwork && parts[0].Count(c => c == '.') != 3) return null;
        var bits = address.GetAddressBytes().Length * 8;
        var length = bits;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits)) return null;
        if (address.IsIPv4MappedToIPv6)
        {
            if (length < 96) return null;
            (address, length) = (address.MapToIPv4(), length - 96);
        }

        return $"{Masked(address, length)}/{length}";
    }

    /// <summary>Whether an address is in one of them. None at all: from everywhere.</summary>
    public static bool Allow(IReadOnlyList<IPNetwork> networks, IPAddress? from) =>
        networks.Count == 0 || (from is not null && networks.Any(n => n.Contains(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from)));

    /// <summary>As people read it: a single address without the length of its prefix.</summary>
    public static string Display(string network) => network.EndsWith(network.Contains(':', StringComparison.Ordinal) ? "/128" : "/32", StringComparison.Ordinal) ? network[..network.IndexOf('/', StringComparison.Ordinal)] : network;

    // Whoever writes 10.1.2.3/8 means the network that address is in.
    private static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new(bytes);
    }
}
