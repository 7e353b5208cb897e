using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>Alone, because the memory of the whole process is measured.</summary>
[CollectionDefinition(nameof(LargeBodies), DisableParallelization = true)]
public sealed class LargeBodies;

/// <summary>Bodies that do not fit into memory: refused by the API itself, passed on by calls.</summary>
[Collection(nameof(LargeBodies))]
public sealed class LargeBodyTests(ProductOnSqlite product) : IClassFixture<ProductOnSqlite>
{
    private const int Mebibyte = 1024 * 1024;

    // Far less than any of the bodies: buffers of client, server and app, which are all in this process.
    private const long Allowance = 16 * Mebibyte;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST /api/connections", true)]
    [InlineData("POST /api/connections", false)]
    [InlineData("PUT /api/connections/1", true)]
    [InlineData("POST /api/folders", false)]
    public async Task A_body_of_100_MB_is_refused_with_413_before_it_is_read(string request, bool lengthKnown)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(product.Address.Host, product.Address.Port, Cancel);
        await using var stream = socket.GetStream();
        // Read while it is written: who is refused early is cut off early.
        var answering = ReadToEndAsync(stream);

        var sent = await FloodAsync(stream, request, lengthKnown);

        var answer = await answering;
        answer.ShouldStartWith("HTTP/1.1 413 ");
        answer.ShouldContain("application/problem+json");
        answer.ShouldContain("at most 1024 KiB");
        sent.ShouldBeLessThan(Allowance);
    }

    [Fact]
    public async Task An_upload_of_60_MB_through_a_connection_arrives_whole_and_is_never_in_memory()
    {
        var connection = await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" });
        var body = new Flood(60);

        var echo = (await product.Api.SendAsync($"/api/connections/{connection.Id}/call/api/echo", body)).Ok().Json;

        echo["body_length"]!.GetValue<long>().ShouldBe(60L * Mebibyte);
        echo.Text("body_sha256").ShouldBe(body.Sha256);
        body.Growth.ShouldBeLessThan(Allowance);
    }

    private static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        var (buffer, answer) = (new byte[4096], new StringBuilder());
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, Cancel)) > 0;) answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // Cut off behind the answer.
        }

        return answer.ToString();
    }

    /// <returns>How many bytes went out before the server cut it off.</returns>
    private static async Task<long> FloodAsync(NetworkStream stream, string request, bool lengthKnown)
    {
        var framing = lengthKnown ? $"Content-Length: {100 * Mebibyte}" : "Transfer-Encoding: chunked";
        var block = Encoding.ASCII.GetBytes((lengthKnown ? "" : "10000\r\n") + new string(' ', 0x10000) + (lengthKnown ? "" : "\r\n"));
        long sent = 0;
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{request} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Product.ApiToken}\r\nContent-Type: application/json\r\n{framing}\r\n\r\n"), Cancel);
            for (; sent < 100 * Mebibyte; sent += block.Length) await stream.WriteAsync(block, Cancel);
        }
        catch (IOException)
        {
            // Cut off.
        }

        return sent;
    }

    /// <summary>Random bytes made while they are sent, and a look at what the process keeps of them.</summary>
    private sealed class Flood(int mebibytes) : HttpContent
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly long before = GC.GetTotalMemory(forceFullCollection: true);

        public string Sha256 => Convert.ToHexStringLower(hash.GetCurrentHash());

        /// <summary>By how much the live memory grew at the most.</summary>
        public long Growth { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var block = new byte[Mebibyte];
            for (var sent = 1; sent <= mebibytes; sent++)
            {
                Random.Shared.NextBytes(block);
                hash.AppendData(block);
                await stream.WriteAsync(block);
                if (sent % 20 == 0) Growth = Math.Max(Growth, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
