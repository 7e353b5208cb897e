using System.Net;

namespace Workato.Connections.Egress;

/// <summary>
/// Which addresses requests may go to: the public internet over https, and beyond it only the networks and endpoints an
/// operator allowed, there over http too.
/// </summary>
public sealed class EgressRules
{
    // Not the public internet: IANA's special-purpose registries (RFC 6890), multicast, and one metadata address that looks public.
    private static readonly IPNetwork[] NotPublic = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",
        // Of IPv6 only 2000::/3 is given out (RFC 4291 section 2.4); beside it lie all the ways to write an IPv4 address in IPv6.
        "::/3", "4000::/2", "8000::/1", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    }.Select(IPNetwork.Parse)];

    private readonly IPNetwork[] allowed;
    private readonly HashSet<string> allowedEndpoints;

    /// <summary>Makes the rules from CIDR texts and from exact origins such as <c>http://localhost:5080</c>.</summary>
    /// <exception cref="StartRefusedException">A text is not a network.</exception>
    public EgressRules(IEnumerable<string> allowedNetworks, IEnumerable<Uri>? allowedOrigins = null)
    {
        allowed = [.. allowedNetworks.Select(text => IPNetwork.TryParse(text, out var network)
            ? network
            : throw new StartRefusedException($"Egress__AllowedNetworks: '{text}' is not a network; write for example 10.20.0.0/16 (a single address is 10.20.0.5/32)."))];
        allowedEndpoints = new((allowedOrigins ?? []).Select(o => $"{o.Host}:{o.Port}"), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether an operator allowed this very endpoint.</summary>
    public bool AllowsEndpoint(string host, int port) => allowedEndpoints.Count > 0 && allowedEndpoints.Contains($"{host}:{port}");

    /// <summary>Whether an operator allowed the network this address is in.</summary>
    public bool AllowsNetwork(IPAddress address) => allowed.Any(n => n.Contains(Plain(address)));

    /// <summary>Whether the address is on the public internet.</summary>
    public static bool IsPublic(IPAddress address) => !NotPublic.Any(n => n.Contains(Plain(address)));

    /// <summary>
    /// What can be said against an address before anything is resolved: its scheme, a user name in it, a literal
    /// address inside the network. Null when nothing.
    /// </summary>
    public string? Complaint(Uri uri)
    {
        if (uri.UserInfo.Length > 0) return "must not hold a user name or password";
        if (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp) return "must begin with https://";
        if (AllowsEndpoint(uri.Host, uri.Port)) return null;

        var host = uri.IdnHost.Trim('[', ']').TrimEnd('.');
        var literal = IPAddress.TryParse(host, out var address) ? address : uri.IsLoopback || IsLocalhost(host) ? IPAddress.Loopback : null;
        if (literal is not null && AllowsNetwork(literal)) return null;
        if (literal is not null && !IsPublic(literal)) return "points inside the network; an operator can allow it with Egress__AllowedNetworks";

        // Over http a name may still lie in an allowed network: that is judged when it is resolved.
        return uri.Scheme == Uri.UriSchemeHttp && (literal is not null || allowed.Length == 0) ? "must begin with https://" : null;
    }

    // RFC 6761 section 6.3: it and every name below it mean this machine.
    private static bool IsLocalhost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
