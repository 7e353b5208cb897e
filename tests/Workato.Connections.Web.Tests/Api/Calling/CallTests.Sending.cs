using System.Net;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Calling;

/// <summary>What arrives at the app.</summary>
public abstract partial class CallTests
{
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
}
