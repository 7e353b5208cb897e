using System.Net;
using System.Net.Sockets;
using Workato.Connections.Egress;

namespace Workato.Connections.Tests.Egress;

/// <summary>The guard where the socket is opened, before a listener that is really there.</summary>
public sealed class EgressGuardTests : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public EgressGuardTests() => listener.Start();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose() => listener.Dispose();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task By_default_nothing_inside_the_network_is_connected_to(string host)
    {
        var refused = await RefusedAsync(new([]), $"https://{host}:{Port}/");

        refused.Message.ShouldEndWith("points inside the network; an operator can allow it with Egress__AllowedNetworks");
    }

    [Fact]
    public async Task A_refused_address_is_not_even_knocked_at()
    {
        await RefusedAsync(new([]), $"https://localhost:{Port}/");

        listener.Pending().ShouldBeFalse();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task An_allowed_network_is_connected_to(string host)
    {
        var answered = AnswerAsync();

        using var response = await SendAsync(new(["127.0.0.0/8"]), $"http://{host}:{Port}/");

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await answered;
    }

    [Fact]
    public async Task An_allowed_origin_is_connected_to()
    {
        var answered = AnswerAsync();

        using var response = await SendAsync(new([], [new($"http://localhost:{Port}")]), $"http://localhost:{Port}/");

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await answered;
    }

    [Fact]
    public async Task An_allowed_origin_does_not_open_another_port()
    {
        var refused = await RefusedAsync(new([], [new($"http://localhost:{Port + 1}")]), $"http://localhost:{Port}/");

        refused.Message.ShouldStartWith("localhost points inside the network");
    }

    [Fact]
    public async Task An_allowed_origin_may_be_an_IPv6_address()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "There is no IPv6 here.");
        using var six = new TcpListener(IPAddress.IPv6Loopback, 0);
        six.Start();
        var origin = $"http://[::1]:{((IPEndPoint)six.LocalEndpoint).Port}";
        var answered = AnswerAsync(six);

        using var response = await SendAsync(new([], [new(origin)]), origin);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await answered;
    }

    [Fact]
    public async Task A_public_host_is_not_spoken_to_over_http()
    {
        var refused = await RefusedAsync(new(["127.0.0.0/8"]), "http://8.8.8.8/");

        refused.Message.ShouldBe("8.8.8.8 may only be reached over https");
    }

    private static async Task<HttpResponseMessage> SendAsync(EgressRules rules, string address)
    {
        using var http = new AppHttp(new EgressGuard(rules));
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await http.Invoker.SendAsync(request, Cancel);
    }

    private static async Task<EgressRefusedException> RefusedAsync(EgressRules rules, string address) =>
        (await Should.ThrowAsync<HttpRequestException>(() => SendAsync(rules, address))).InnerException.ShouldBeOfType<EgressRefusedException>();

    private async Task AnswerAsync(TcpListener? at = null)
    {
        using var client = await (at ?? listener).AcceptTcpClientAsync(Cancel);
        await client.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), Cancel);
    }
}
