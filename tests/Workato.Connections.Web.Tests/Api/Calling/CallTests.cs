using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Calling;

/// <summary>A call arrives at the app as it was sent, but for what is ours, and the answer comes back as it is.</summary>
public abstract class CallTests(Product product) : IAsyncLifetime
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

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/a/b")]
    [InlineData("/a//b/")]
    [InlineData("/a%2Fb")]
    [InlineData("/a%252Fb")]
    [InlineData("/a+b/c%20d%2Be")]
    [InlineData("/%C3%A9/%E2%82%AC")]
    [InlineData("/a;v=1,2/(x)'!*$&=:@~")]
    [InlineData("/%5Bx%5D/%7Bid%7D/%22")]
    [InlineData("/a...b/.hidden/..c")]
    [InlineData("/x?")]
    [InlineData("/x?a=1&a=2&a=1")]
    [InlineData("/x?a=&b&=c&&d")]
    [InlineData("/x?q=a+b%2Bc%20d")]
    [InlineData("/x?q=%E2%82%AC&r=%252F&s=%2F")]
    [InlineData("/x?u=https://other.example/?a=b")]
    [InlineData("/x?..=/../..")]
    [InlineData("?a=1")]
    public async Task Path_and_query_arrive_as_they_were_written(string target)
    {
        var id = await ConnectAsync("/base");

        await CallAsync(HttpMethod.Get, id, target);

        Last.Target.ShouldBe(target is "" or ['?', ..] ? "/base/" + target : "/base" + target);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    public async Task The_method_arrives(string method)
    {
        var id = await ConnectAsync();

        using var response = await CallAsync(new(method), id, "/x");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Last.Method.ShouldBe(method);
    }

    [Fact]
    public async Task Body_and_headers_arrive()
    {
        var id = await ConnectAsync();
        byte[] body = [0, 1, 0xFF, .. "text"u8];

        await CallAsync(HttpMethod.Post, id, "/x", request =>
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "text/csv; charset=latin1; x=\"y\"");
            request.Headers.TryAddWithoutValidation("Accept", "application/vnd.app+json;q=0.5, */*");
            request.Headers.TryAddWithoutValidation("X-Custom", "a, b");
            request.Headers.TryAddWithoutValidation("If-None-Match", "W/\"1\"");
            request.Headers.TryAddWithoutValidation("User-Agent", "my script/1.0");
        });

        Last.Body.ShouldBe(body);
        Last.Header("Content-Type").ShouldBe("text/csv; charset=latin1; x=\"y\"");
        Last.Header("Accept").ShouldBe("application/vnd.app+json;q=0.5, */*");
        Last.Header("X-Custom").ShouldBe("a, b");
        Last.Header("If-None-Match").ShouldBe("W/\"1\"");
        Last.Header("User-Agent").ShouldBe("my script/1.0");
        Last.Header("Host").ShouldBe(new Uri(app.Url).Authority);
    }

    [Theory]
    [InlineData("Cookie", "session=mine")]
    [InlineData("Forwarded", "for=10.0.0.1")]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    [InlineData("X-Forwarded-Host", "internal")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Port", "443")]
    [InlineData("X-Forwarded-Prefix", "/x")]
    [InlineData("X-Forwarded-Server", "internal")]
    [InlineData("X-Forwarded-User", "admin")]
    [InlineData("X-Forwarded-Client-Cert", "Hash=1")]
    [InlineData("X-Real-IP", "10.0.0.1")]
    [InlineData("Via", "1.1 internal")]
    [InlineData("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("Keep-Alive", "timeout=5")]
    [InlineData("TE", "trailers")]
    [InlineData("Proxy-Authorization", "Basic eDp5")]
    [InlineData("Proxy-Connection", "keep-alive")]
    public async Task What_is_ours_or_only_for_this_hop_does_not_arrive(string name, string value)
    {
        var id = await ConnectAsync();

        await CallAsync(HttpMethod.Get, id, "/x", request => request.Headers.TryAddWithoutValidation(name, value));

        Last.Header(name).ShouldBeNull();
    }

    [Fact]
    public async Task Our_own_token_does_not_arrive_whatever_the_way_to_sign_in()
    {
        var id = await ConnectAsync();

        await CallAsync(HttpMethod.Get, id, "/x");

        Last.Header("Authorization").ShouldBeNull();
        Last.Everything.ShouldNotContain(Product.ApiToken);
    }

    [Fact]
    public async Task A_header_that_the_connection_header_names_does_not_arrive()
    {
        var id = await ConnectAsync();

        // RFC 9110 section 7.6.1.
        await CallAsync(HttpMethod.Get, id, "/x", request =>
        {
            request.Headers.Connection.Add("X-Only-This-Hop");
            request.Headers.Add("X-Only-This-Hop", "1");
        });

        Last.Header("X-Only-This-Hop").ShouldBeNull();
    }

    [Theory]
    [InlineData("headers", "X-Key: ours")]
    [InlineData("basic", null)]
    public async Task A_second_key_in_the_same_header_is_replaced(string way, string? pair)
    {
        var id = pair is null
            ? (await product.CreateAsync("rest", new { auth_type = way, base_uri = app.Url, basic_user = "ours", basic_password = "p" })).Id
            : (await product.CreateAsync("rest", new { auth_type = way, base_uri = app.Url, header_pair = pair })).Id;

        await CallAsync(HttpMethod.Get, id, "/x", request => request.Headers.TryAddWithoutValidation("x-KEY", "theirs"));

        if (pair is null) Last.Header("Authorization").ShouldBe("Basic " + Convert.ToBase64String("ours:p"u8));
        else Last.Header("X-Key").ShouldBe("ours");
    }

    [Theory]
    [InlineData("?key=theirs", "?key=ours")]
    [InlineData("?a=1&key=theirs&b=2&key=theirs", "?a=1&b=2&key=ours")]
    [InlineData("?k%65y=theirs", "?key=ours")]
    [InlineData("?%6B%65%79=theirs&a", "?a&key=ours")]
    [InlineData("?KEY=theirs", "?key=ours")]
    [InlineData("?key", "?key=ours")]
    [InlineData("?a=key&keys=1", "?a=key&keys=1&key=ours")]
    [InlineData("?a=%2F+b&&c=", "?a=%2F+b&&c=&key=ours")]
    [InlineData("", "?key=ours")]
    public async Task A_second_key_in_the_query_is_replaced_and_the_rest_stays_as_written(string query, string arrives)
    {
        var connection = await product.CreateAsync("rest", new { auth_type = "query", base_uri = app.Url, url_param = "key=ours" });

        await CallAsync(HttpMethod.Get, connection.Id, "/a%2Fb" + query);

        Last.Target.ShouldBe("/a%2Fb" + arrives);
    }

    [Theory]
    [InlineData("/..")]
    [InlineData("/../x")]
    [InlineData("/a/../../x")]
    [InlineData("/./x")]
    [InlineData("/%2e%2e/x")]
    [InlineData("/%2E./x")]
    [InlineData("/a/%2e")]
    [InlineData("/a%2f..%2fx")]
    [InlineData("/..%2Fx")]
    [InlineData("/a/..%5Cx")]
    [InlineData("/a\\..\\x")]
    [InlineData("/a%5c..%5cx")]
    public async Task A_path_that_climbs_is_refused_and_the_app_is_not_asked(string target)
    {
        var id = await ConnectAsync("/base");
        arrivals.Clear();

        using var response = await CallAsync(HttpMethod.Get, id, target);

        // Plain dots were resolved by our own server, to an address of ours; the others are refused.
        if (target.Contains('%', StringComparison.Ordinal)) ((int)response.StatusCode).ShouldBeOneOf(400, 404);
        response.Headers.Contains("X-Answered-By").ShouldBeFalse();
        arrivals.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_answer_comes_back_as_it_is_and_is_marked_as_the_apps()
    {
        var id = await ConnectAsync();
        answer = async context =>
        {
            context.Response.StatusCode = 418;
            context.Response.ContentType = "application/x-app";
            context.Response.Headers["X-App"] = "1";
            context.Response.Headers.ETag = "\"1\"";
            await context.Response.WriteAsync("{\"message\":\"short and stout\"}");
        };

        using var response = await CallAsync(HttpMethod.Get, id, "/x");

        ((int)response.StatusCode).ShouldBe(418);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/x-app");
        response.Headers.GetValues("X-App").ShouldBe(["1"]);
        response.Headers.ETag!.Tag.ShouldBe("\"1\"");
        response.Headers.GetValues("X-Answered-By").ShouldBe(["app"]);
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe("{\"message\":\"short and stout\"}");
    }

    [Theory]
    [InlineData("Set-Cookie", "session=theirs; Path=/")]
    [InlineData("Strict-Transport-Security", "max-age=1")]
    [InlineData("Clear-Site-Data", "\"*\"")]
    [InlineData("Alt-Svc", "h3=\":1\"")]
    public async Task What_the_app_says_about_its_own_origin_is_not_passed_on(string name, string value)
    {
        var id = await ConnectAsync();
        answer = context =>
        {
            context.Response.Headers[name] = value;
            return Task.CompletedTask;
        };

        using var response = await CallAsync(HttpMethod.Get, id, "/x");

        response.Headers.Contains(name).ShouldBeFalse();
    }

    [Theory]
    [InlineData("GET", 204)]
    [InlineData("GET", 304)]
    [InlineData("GET", 404)]
    [InlineData("HEAD", 200)]
    [InlineData("HEAD", 404)]
    [InlineData("OPTIONS", 405)]
    [InlineData("GET", 500)]
    public async Task An_answer_without_a_body_stays_without_one(string method, int status)
    {
        var id = await ConnectAsync();
        answer = async context =>
        {
            context.Response.StatusCode = status;
            await context.Response.StartAsync(); // With neither length nor type, as many apps do it.
        };

        using var response = await CallAsync(new(method), id, "/x");

        ((int)response.StatusCode).ShouldBe(status);
        response.Headers.GetValues("X-Answered-By").ShouldBe(["app"]);
        (await response.Content.ReadAsByteArrayAsync(Cancel)).ShouldBeEmpty();
        response.Content.Headers.ContentType.ShouldBeNull();
    }

    [Fact]
    public async Task A_redirect_is_passed_on_and_not_followed()
    {
        var id = await ConnectAsync();
        answer = context =>
        {
            context.Response.Redirect(app.Url + "/elsewhere");
            return Task.CompletedTask;
        };
        arrivals.Clear();

        using var response = await CallAsync(HttpMethod.Get, id, "/x");

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().ShouldBe(app.Url + "/elsewhere");
        arrivals.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_first_line_arrives_while_the_app_still_writes()
    {
        var id = await ConnectAsync();
        var gate = new Gate();
        answer = async context =>
        {
            await context.Response.WriteAsync("first\n");
            await context.Response.Body.FlushAsync();
            await gate.PassAsync();
            await context.Response.WriteAsync("last\n");
        };

        using var response = await CallAsync(HttpMethod.Get, id, "/x", completion: HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
        var first = await reader.ReadLineAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        gate.Open();

        first.ShouldBe("first");
        (await reader.ReadToEndAsync(Cancel)).ShouldBe("last\n");
    }

    [Fact]
    public async Task The_first_part_of_a_body_arrives_while_the_caller_still_sends()
    {
        var (gate, read) = (new Gate(), new TaskCompletionSource<string>());
        await using var duplex = await TinyApp.StartAsync(async context =>
        {
            if (context.Request.Method != "POST") return;
            var first = new byte[5];
            await context.Request.Body.ReadExactlyAsync(first);
            read.TrySetResult(Encoding.ASCII.GetString(first));
            await context.Request.Body.CopyToAsync(Stream.Null);
        });
        var connection = await product.CreateAsync("rest", new { auth_type = "no_auth", base_uri = duplex.Url });

        var calling = CallAsync(HttpMethod.Post, connection.Id, "/x", request => request.Content = new Trickle(gate));
        var first = await read.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        gate.Open();

        first.ShouldBe("first");
        (await calling).StatusCode.ShouldBe(HttpStatusCode.OK);
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
