using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Calling;

/// <summary>A call arrives at the app as it was sent, but for what is ours, and the answer comes back as it is.</summary>
public abstract partial class CallTests(Product product) : IAsyncLifetime
{
    private readonly ConcurrentQueue<Arrived> arrivals = new();
    private TinyApp app = null!;
    private Func<HttpContext, Task> answer = _ => Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = await TinyApp.StartAsync(async context =>
    {
        arrivals.Enqueue(await Arrived.ReadAsync(context));
        await answer(context);
    });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return app.DisposeAsync();
    }

    [Fact]
    public async Task A_call_reaches_the_sample_app_with_method_and_body()
    {
        var connection = await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" });

        using var response = await CallAsync(HttpMethod.Put, connection.Id, "/api/echo/a%2Fb?x=1", request => request.Content = new StringContent("hello"));

        var echo = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!.AsObject();
        (echo.Text("method"), echo.Text("path"), echo.Text("query"), echo.Text("account")).ShouldBe(("PUT", "/api/echo/a%2Fb", "x=1", "bot"));
        echo.Text("body_sha256").ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("hello"u8)));
    }

    [Fact]
    public async Task A_call_through_a_disconnected_connection_says_so()
    {
        var id = await ConnectAsync();
        await product.Api.SendAsync($"/api/connections/{id}/disconnect");
        arrivals.Clear();

        var refused = (await product.Api.ReadAsync($"/api/connections/{id}/call/x")).Is(409);

        refused.Message.ShouldContain("is not connected to HTTP. Connect it first");
        refused.Headers.Contains("X-Answered-By").ShouldBeFalse();
        arrivals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_changed_credential_is_used_by_the_very_next_call()
    {
        var connection = await product.CreateAsync("rest", new { auth_type = "headers", base_uri = app.Url, header_pair = "X-Key: 0" });
        for (var i = 1; i <= 10; i++)
        {
            await CallAsync(HttpMethod.Get, connection.Id, "/x");
            await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { input = new { header_pair = $"X-Key: {i}" } });

            await CallAsync(HttpMethod.Get, connection.Id, "/x");

            Last.Header("X-Key").ShouldBe($"{i}");
        }
    }

    private Arrived Last => arrivals.Last();

    private async Task<int> ConnectAsync(string path = "") => (await product.CreateAsync("rest", new { auth_type = "no_auth", base_uri = app.Url + path })).Id;

    private Task<HttpResponseMessage> CallAsync(
        HttpMethod method, int id, string target, Action<HttpRequestMessage>? prepare = null, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        // As it stands: Uri would tidy it up.
        var uri = new Uri($"{product.Address.GetLeftPart(UriPartial.Authority)}/api/connections/{id}/call{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(method, uri);
        prepare?.Invoke(request);
        return product.Api.SendAsync(request, completion, Cancel);
    }

    private sealed record Arrived(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
    {
        public string Everything => $"{Method} {Target}\n{string.Join('\n', Headers)}\n{Encoding.Latin1.GetString(Body)}";

        public string? Header(string name) => Headers.GetValueOrDefault(name);

        public static async Task<Arrived> ReadAsync(HttpContext context)
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            return new(
                context.Request.Method,
                context.Features.Get<IHttpRequestFeature>()!.RawTarget,
                context.Request.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value.ToArray()), StringComparer.OrdinalIgnoreCase),
                body.ToArray());
        }
    }

    private sealed class Trickle(Gate gate) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            // More than any buffer on the way waits for.
            await stream.WriteAsync(Encoding.ASCII.GetBytes("first" + new string('.', 256 * 1024) + "\n"));
            await stream.FlushAsync();
            await gate.PassAsync();
            await stream.WriteAsync("last\n"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

public sealed class CallsOnSqlite(ProductOnSqlite product) : CallTests(product), IClassFixture<ProductOnSqlite>;

public sealed class CallsOnPostgres(ProductOnPostgres product) : CallTests(product), IClassFixture<ProductOnPostgres>;
