using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Calling;

/// <summary>What comes back to the caller.</summary>
public abstract partial class CallTests
{
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
}
