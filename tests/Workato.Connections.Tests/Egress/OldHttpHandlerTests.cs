using System.Net.Sockets;
using System.Net;
using System.Text;
using Workato.Connections.Egress;

namespace Workato.Connections.Tests.Egress;

public sealed class OldHttpHandlerTests : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly HttpMessageInvoker http = new(new OldHttpHandler(new SocketsHttpHandler(), new SocketsHttpHandler()));

    public OldHttpHandlerTests() => listener.Start();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        http.Dispose();
        listener.Dispose();
    }

    [Fact]
    public async Task An_app_that_closes_behind_every_answer_loses_no_request()
    {
        var served = ServeAsync("HTTP/1.0", requests: 100);

        for (var i = 0; i < 100; i++) await PostAsync($"number {i}");

        (await served).Select(r => r.Body).ShouldBe(Enumerable.Range(0, 100).Select(i => $"number {i}"));
    }

    [Fact]
    public async Task From_the_second_request_on_an_app_of_HTTP_1_0_is_told_that_the_connection_closes()
    {
        var served = ServeAsync("HTTP/1.0", requests: 3);

        for (var i = 0; i < 3; i++) await PostAsync("body");

        (await served).Select(r => r.Head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase)).ShouldBe([false, true, true]);
    }

    [Fact]
    public async Task An_app_of_HTTP_1_1_is_not()
    {
        var served = ServeAsync("HTTP/1.1", requests: 3);

        for (var i = 0; i < 3; i++) await PostAsync("body");

        (await served).ShouldAllBe(r => !r.Head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase));
    }

    private async Task PostAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{listener.LocalEndpoint}/") { Content = new StringContent(body) };
        using var response = await http.SendAsync(request, Cancel);
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe("ok");
    }

    // An HTTP/1.0 peer says nothing about the connection and closes it; it takes one request a connection.
    private async Task<List<(string Head, string Body)>> ServeAsync(string version, int requests)
    {
        var served = new List<(string, string)>();
        while (served.Count < requests)
        {
            using var client = await listener.AcceptTcpClientAsync(Cancel);
            do
            {
                if (await ReadAsync(client.GetStream()) is not { } read) break;
                served.Add(read);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{version} 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"), Cancel);
            }
            while (version == "HTTP/1.1" && served.Count < requests);
        }

        return served;
    }

    private static async Task<(string Head, string Body)?> ReadAsync(NetworkStream stream)
    {
        var text = "";
        var buffer = new byte[4096];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, Cancel);
            if (read == 0) return null;
            text += Encoding.ASCII.GetString(buffer, 0, read);
            if (text.Split("\r\n\r\n", 2) is not [var head, var body]) continue;
            var length = int.Parse(head.Split("Content-Length: ")[1].Split("\r\n")[0], System.Globalization.CultureInfo.InvariantCulture);
            if (body.Length >= length) return (head, body);
        }
    }
}
