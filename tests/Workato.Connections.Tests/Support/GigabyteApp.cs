using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Workato.Connections.Tests.Support;

/// <summary>
/// An app that answers one request with a gigabyte of blanks. A bare socket, which counts what somebody took: a web server
/// goes on writing into nothing for a while after its client has gone.
/// </summary>
public sealed class GigabyteApp : IDisposable
{
    private const long Whole = 1_000_000_000;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task<long> answered;

    public GigabyteApp(string type)
    {
        listener.Start();
        answered = AnswerAsync(type, TestContext.Current.CancellationToken);
    }

    /// <summary>Where it is, without a slash at the end.</summary>
    public string Url => $"http://{listener.LocalEndpoint}";

    /// <summary>That whoever asked hung up, and early.</summary>
    public async Task WasCutShortAsync() => (await answered).ShouldBeLessThan(Whole / 10);

    public void Dispose() => listener.Dispose();

    private async Task<long> AnswerAsync(string type, CancellationToken cancel)
    {
        using var client = await listener.AcceptTcpClientAsync(cancel);
        var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[16], cancel);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {Whole}\r\n\r\n"), cancel);
        var piece = new byte[64 * 1024];
        Array.Fill(piece, (byte)' ');
        var taken = 0L;
        try
        {
            for (; taken < Whole; taken += piece.Length) await stream.WriteAsync(piece, cancel);
        }
        catch (IOException)
        {
            // Nobody reads any more.
        }

        return taken;
    }
}
