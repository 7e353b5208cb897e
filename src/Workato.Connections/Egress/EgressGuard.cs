using System.Net;
using System.Net.Sockets;

namespace Workato.Connections.Egress;

/// <summary>The request may not go there.</summary>
public sealed class EgressRefusedException(string message) : IOException(message)
{
    /// <summary>The refusal among the causes of a failure, or null where it failed of something else.</summary>
    public static EgressRefusedException? In(Exception? failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is EgressRefusedException refused) return refused;
        }

        return null;
    }
}

/// <summary>
/// Opens the sockets of all requests to apps. The address is judged here, after DNS, and the very address that was judged
/// is connected to: a name that resolves differently the second time gains nothing.
/// </summary>
public sealed class EgressGuard(EgressRules rules)
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="EgressRefusedException">No address of the host may be connected to.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Dns.GetHostAddressesAsync(host, cancel);
        var encrypted = context.InitialRequestMessage.RequestUri!.Scheme is "https" or "wss";
        var judged = addresses.Where(a => rules.AllowsEndpoint(host, port) || rules.AllowsNetwork(a) || (encrypted && EgressRules.IsPublic(a))).ToArray();
        if (judged.Length == 0) throw new EgressRefusedException(Reason(host, addresses, encrypted));

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(judged, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Reason(string host, IPAddress[] addresses, bool encrypted) => !encrypted && addresses.Any(EgressRules.IsPublic)
        ? $"{host} may only be reached over https"
        : $"{host} points inside the network; an operator can allow it with Egress__AllowedNetworks";
}
