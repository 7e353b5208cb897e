using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Workato.Connections.AuthMethods;
using Workato.Connections.Egress;
using Workato.Connections.Connectors;
using Workato.Connections.Health;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Health;

/// <summary>The test request against a real server, whatever it answers.</summary>
public sealed partial class ConnectionTesterTests : IAsyncLifetime
{
    private const string Password = "open sesame";

    private readonly AppHttp http = new(new EgressGuard(new(["127.0.0.0/8"])));
    private readonly FakeTimeProvider time = new();
    private TestApp app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Connector Desk => TestCatalog.Instance.Find("test_desk")!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task An_app_that_accepts_proves_the_credentials_and_names_the_account()
    {
        app.Answer = TestApp.Wants("Aladdin", Password);

        (await ProveAsync()).ShouldBe(new Proof(AuthorizationStatus.Success, "bot@app.example", null));
    }

    [Fact]
    public async Task The_test_request_is_the_connectors_own_with_our_name_on_it()
    {
        var seen = "";
        app.Answer = context =>
        {
            seen = $"{context.Request.Method} {context.Request.Path} {context.Request.Headers.UserAgent} {context.Request.Headers.Accept}";
            return TestApp.Says(200, "{}")(context);
        };

        await ProveAsync();

        seen.ShouldBe("GET /me Workato.Connections application/json");
    }

    [Theory]
    [InlineData(401, AuthorizationStatus.Failed, "Test Desk did not accept the credentials (401 Unauthorized).")]
    [InlineData(403, AuthorizationStatus.Failed, "Test Desk refused the request (403 Forbidden).")]
    [InlineData(404, AuthorizationStatus.Failed, "There is no Test Desk at this address (404 Not Found from 127.0.0.1).")]
    [InlineData(410, AuthorizationStatus.Failed, "There is no Test Desk at this address (410 Gone from 127.0.0.1).")]
    [InlineData(400, AuthorizationStatus.Failed, "Test Desk answered the test with 400 Bad Request.")]
    [InlineData(418, AuthorizationStatus.Failed, "Test Desk answered the test with 418.")]
    [InlineData(429, AuthorizationStatus.Exception, "Test Desk asks us to slow down (429 Too Many Requests).")]
    [InlineData(500, AuthorizationStatus.Exception, "Test Desk is in trouble (500 Internal Server Error).")]
    [InlineData(503, AuthorizationStatus.Exception, "Test Desk is in trouble (503 Service Unavailable).")]
    [InlineData(304, AuthorizationStatus.Exception, "Test Desk sends us on to another address instead of answering")]
    public async Task Every_other_answer_is_told_in_words(int status, AuthorizationStatus expected, string words)
    {
        app.Answer = TestApp.Says(status, "{}");

        var proof = await ProveAsync();

        proof.Status.ShouldBe(expected);
        proof.Error.ShouldNotBeNull().ShouldStartWith(words);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    public async Task An_answer_that_does_not_name_the_account_proves_it_too(int status)
    {
        app.Answer = TestApp.Says(status, "{}");

        (await ProveAsync()).ShouldBe(new Proof(AuthorizationStatus.Success, null, null));
    }

    [Fact]
    public async Task A_status_the_connector_accepts_proves_it()
    {
        app.Answer = TestApp.Says(404, "{}");

        (await ProveAsync(Testing(test => test with { Accept = StatusRanges.Parse(["404"])! }))).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_status_by_which_the_app_refuses_credentials_is_a_rejection_whatever_it_usually_means()
    {
        app.Answer = TestApp.Says(400, "{}");

        (await ProveAsync(Desk with { RejectedWith = new HashSet<int> { 400 } })).Error.ShouldNotBeNull().ShouldStartWith("Test Desk did not accept the credentials (400 Bad Request).");
    }

    [Fact]
    public async Task A_redirect_is_told_with_where_to()
    {
        app.Answer = Redirect("https://login.example/start");

        (await ProveAsync()).Error.ShouldNotBeNull().ShouldStartWith("Test Desk sends us on to login.example instead of answering");
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_credentials()
    {
        await using var elsewhere = await TestApp.StartAsync();
        var knocked = false;
        elsewhere.Answer = context =>
        {
            knocked = true;
            return TestApp.Says(200, "{}")(context);
        };
        app.Answer = Redirect(elsewhere.Url + "/me");

        await ProveAsync();

        knocked.ShouldBeFalse();
    }

    [Fact]
    public async Task A_sign_in_page_that_says_200_proves_nothing()
    {
        app.Answer = TestApp.Says(200, "<html><form>Sign in", "text/html");

        var proof = await ProveAsync();

        proof.Status.ShouldBe(AuthorizationStatus.Exception);
        proof.Error.ShouldBe("Something answered that is not Test Desk's API (it sent text/html). Check the address settings of the connection.");
    }

    [Fact]
    public async Task A_body_without_end_is_not_waited_for()
    {
        using var endless = new GigabyteApp("text/html");

        (await ProveAsync(url: endless.Url)).Status.ShouldBe(AuthorizationStatus.Exception);

        await endless.WasCutShortAsync();
    }

    [Theory]
    [InlineData(Password)]
    [InlineData("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")]
    [InlineData("QWxhZGRpbjpvcGVuIHNlc2FtZQ==")]
    public async Task A_secret_the_app_repeats_never_appears_in_the_words(string echoed)
    {
        app.Answer = TestApp.Says(401, $$"""{"message":"I know no {{echoed}}"}""");

        (await ProveAsync()).Error.ShouldNotBeNull().ShouldNotMatch("(?i)sesame|QWxhZG");
    }

    [Fact]
    public async Task The_words_of_the_app_itself_are_told()
    {
        app.Answer = TestApp.Says(401, """{"message":"Your trial has ended."}""");

        (await ProveAsync()).Error.ShouldNotBeNull().ShouldContain("Test Desk says: “Your trial has ended”.");
    }

    [Fact]
    public async Task A_test_with_a_body_may_say_what_type_it_is()
    {
        var type = "";
        app.Answer = context =>
        {
            type = context.Request.ContentType;
            return TestApp.Says(200, "{}")(context);
        };

        await ProveAsync(Testing(test => test with { Method = HttpMethod.Post, Body = "{}", Headers = new Dictionary<string, string> { ["Content-Type"] = "application/vnd.api+json" } }));

        type.ShouldBe("application/vnd.api+json");
    }

    [Fact]
    public async Task A_setting_in_the_path_cannot_become_a_query_or_a_host()
    {
        var seen = "";
        app.Answer = context =>
        {
            seen = $"{context.Request.Path.Value} and {context.Request.QueryString}";
            return TestApp.Says(200, "{}")(context);
        };

        await ProveAsync(Testing(test => test with { Path = Template.Parse("/{region}") }), region: "//users/me?admin=1#x");

        seen.ShouldBe("/users/me?admin=1#x and ");
    }

    private static Connector Testing(Func<TestRequest, TestRequest> otherwise) => Desk with { Ways = [.. Desk.Ways.Select(w => w with { Test = otherwise(w.Test) })] };

    private static Func<HttpContext, Task> Redirect(string to) => context =>
    {
        context.Response.Redirect(to);
        return Task.CompletedTask;
    };

    private Task<Proof> ProveAsync(Connector? connector = null, string? url = null, string region = "", CancellationToken? cancel = null)
    {
        connector ??= Desk;
        var settings = new Dictionary<string, string> { ["url"] = url ?? app.Url, ["username"] = "Aladdin", ["region"] = region };
        return new ConnectionTester(http, time).ProveAsync(
            connector, connector.FindWay("basic")!, new(settings, new Dictionary<string, Secret> { ["password"] = new(Password) }), cancel ?? Cancel);
    }
}
