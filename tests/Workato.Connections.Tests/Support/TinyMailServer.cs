using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Workato.Connections.Tests.Support;

/// <summary>A mail server on a real socket of 127.0.0.1: speaks as much SMTP (RFC 5321) as these tests need, and misbehaves as they say.</summary>
public sealed class TinyMailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly Task serving;

    public TinyMailServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What it took: to whom, and the message.</summary>
    public List<(IReadOnlyList<string> To, string Text)> Taken { get; } = [];

    /// <summary>The addresses it does not know.</summary>
    public HashSet<string> Unknown { get; } = [];

    /// <summary>Whether it asks for a sign-in and refuses it.</summary>
    public bool RefusesSignIn { get; set; }

    /// <summary>Whether it says nothing at all.</summary>
    public bool Hangs { get; set; }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        await serving;
        ended.Dispose();
    }

    private async Task ServeAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true) talks.Add(TalkAsync(await listener.AcceptTcpClientAsync(ended.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var socket = client;
        try
        {
            if (Hangs) await Task.Delay(Timeout.Infinite, ended.Token);
            using var reader = new StreamReader(socket.GetStream(), Encoding.UTF8);
            await using var writer = new StreamWriter(socket.GetStream(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 mail.example ready");
            var to = new List<string>();
            while (await reader.ReadLineAsync(ended.Token) is { } line)
            {
                if (line == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    var text = new StringBuilder();
                    while (await reader.ReadLineAsync(ended.Token) is { } part && part != ".") text.AppendLine(part);
                    Taken.Add(([.. to], text.ToString()));
                    await writer.WriteLineAsync("250 taken");
                    continue;
                }

                await writer.WriteLineAsync(Answer(line, to));
                if (line == "QUIT") return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The talk is over.
        }
    }

    private string Answer(string line, List<string> to)
    {
        if (line.StartsWith("EHLO", StringComparison.Ordinal)) return RefusesSignIn ? "250-mail.example\r\n250 AUTH PLAIN" : "250 mail.example";
        if (line.StartsWith("AUTH", StringComparison.Ordinal)) return "535 5.7.8 Authentication credentials invalid";
        if (line.StartsWith("MAIL", StringComparison.Ordinal)) to.Clear();
        if (line.StartsWith("QUIT", StringComparison.Ordinal)) return "221 bye";
        if (!line.StartsWith("RCPT", StringComparison.Ordinal)) return "250 ok";
        var address = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
        if (Unknown.Contains(address)) return "550 5.1.1 No such mailbox";
        to.Add(address);
        return "250 ok";
    }
}
