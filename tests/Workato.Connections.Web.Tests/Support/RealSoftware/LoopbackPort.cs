using System.Net;
using System.Net.Sockets;

namespace Workato.Connections.Web.Tests.Support.RealSoftware;

/// <summary>
/// Ports nobody listens on. They are taken from below the range Linux hands out by itself, so that no outgoing
/// connection takes one between the look here and the server's own bind, and none is given out twice in a run.
/// </summary>
internal static class LoopbackPort
{
    private const int Lowest = 20000;
    private const int Count = 12000;

    private static int last = Random.Shared.Next(Count);

    public static int Next()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var port = Lowest + (int)((uint)Interlocked.Increment(ref last) % Count);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }

        throw new InvalidOperationException("No free port was found on 127.0.0.1.");
    }
}
