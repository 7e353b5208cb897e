using Microsoft.AspNetCore.Http;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Calling;

/// <summary>What a connection learns from the answers to calls through it.</summary>
public abstract class CallHealthTests(Product product) : IAsyncDisposable
{
    private static readonly object RightKey = new { auth_type = "api_key", api_key = "sample-key-bot" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_apps_401_is_passed_on_and_marks_the_connection_lost()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);
        await product.SampleApp.BehaveAsync("reject");

        (await product.Api.ReadAsync($"/api/connections/{connection.Id}/call/api/me")).Is(401).Message.ShouldBe("These credentials were revoked.");

        var now = await product.GetConnectionAsync(connection.Id);
        now.Text("authorization_status").ShouldBe("failed");
        now["connection_lost_at"].ShouldNotBeNull();
        now.Text("connection_lost_reason")!.ShouldContain("did not accept the credentials (401 Unauthorized)");
        now.Text("authorization_error").ShouldBe(now.Text("connection_lost_reason"));
    }

    [Fact]
    public async Task A_success_after_that_clears_the_mark()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);
        await product.SampleApp.BehaveAsync("reject");
        await product.Api.ReadAsync($"/api/connections/{connection.Id}/call/api/me");
        await product.SampleApp.BehaveAsync("ok");

        (await product.Api.ReadAsync($"/api/connections/{connection.Id}/call/api/me")).Ok();

        var now = await product.GetConnectionAsync(connection.Id);
        now.Text("authorization_status").ShouldBe("success");
        foreach (var gone in new[] { "connection_lost_at", "connection_lost_reason", "authorization_error" }) now[gone].ShouldBeNull(gone);
        now["authorized_at"]!.ToJsonString().ShouldBe(connection["authorized_at"]!.ToJsonString());
    }

    [Theory]
    [InlineData("down", 503)]
    [InlineData("throttled", 429)]
    [InlineData("forbid", 403)]
    [InlineData("redirect", 302)]
    [InlineData("garbage", 200)]
    public async Task What_says_nothing_about_the_credentials_of_this_app_does_not_mark_the_connection_lost(string mode, int status)
    {
        var connection = await product.CreateAsync("sample_app", RightKey);
        await product.SampleApp.BehaveAsync(mode);

        (await product.Api.ReadAsync($"/api/connections/{connection.Id}/call/api/echo")).Is(status);

        if (mode != "forbid") (await product.GetConnectionAsync(connection.Id)).ToJsonString().ShouldBe(connection.ToJsonString());
    }

    [Fact]
    public async Task A_permission_that_is_missing_for_one_call_does_not_mark_the_connection()
    {
        var connection = await product.CreateAsync("sample_app", RightKey);
        await product.SampleApp.Http.SendAsync("/control/scope", new { username = "bot", missing = true });

        (await product.Api.ReadAsync($"/api/connections/{connection.Id}/call/api/notes")).Is(403);

        (await product.GetConnectionAsync(connection.Id)).Text("authorization_status").ShouldBe("success");
    }

    [Fact]
    public async Task An_app_that_says_403_to_wrong_keys_is_asked_once_by_its_test_request_and_then_known_to_be_lost()
    {
        var (valid, tests) = (true, 0);
        await using var app = await TinyApp.StartAsync(context =>
        {
            if (context.Request.Path == "/me") tests++;
            if (!valid) context.Response.StatusCode = 403;
            return Task.CompletedTask;
        });
        var connection = await product.CreateAsync("rest", new { auth_type = "headers", base_uri = app.Url, test_path = "me", header_pair = "X-Key: 1" });
        (valid, tests) = (false, 0);

        for (var call = 0; call < 5; call++) (await product.Api.ReadAsync($"/api/connections/{connection.Id}/call/x")).Is(403);

        var now = await product.GetConnectionAsync(connection.Id);
        now.Text("authorization_status").ShouldBe("failed");
        now["connection_lost_at"].ShouldNotBeNull();
        tests.ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_of_403s_costs_the_app_one_test_request()
    {
        var tests = 0;
        await using var app = await TinyApp.StartAsync(context =>
        {
            if (context.Request.Path == "/me") Interlocked.Increment(ref tests);
            else context.Response.StatusCode = 403;
            return Task.CompletedTask;
        });
        var connection = await product.CreateAsync("rest", new { auth_type = "headers", base_uri = app.Url, test_path = "me", header_pair = "X-Key: 1" });
        tests = 0;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => product.Api.ReadAsync($"/api/connections/{connection.Id}/call/x")));

        tests.ShouldBe(1);
        (await product.GetConnectionAsync(connection.Id)).Text("authorization_status").ShouldBe("success");
    }

    [Fact]
    public async Task An_app_that_never_answers_is_given_up_by_the_caller_and_does_not_mark_the_connection()
    {
        var gate = new Gate();
        var hangs = false;
        await using var app = await TinyApp.StartAsync(_ => hangs ? gate.PassAsync() : Task.CompletedTask);
        var connection = await product.CreateAsync("rest", new { auth_type = "headers", base_uri = app.Url, header_pair = "X-Key: 1" });
        hangs = true;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var calling = product.Api.GetAsync($"/api/connections/{connection.Id}/call/x", patience.Token);
        await gate.Reached;
        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => calling);
        gate.Open();
        (await product.GetConnectionAsync(connection.Id)).ToJsonString().ShouldBe(connection.ToJsonString());
    }

    [Fact]
    public async Task An_app_that_cannot_be_reached_is_502_in_words_and_does_not_mark_the_connection()
    {
        var app = await TinyApp.StartAsync(_ => Task.CompletedTask);
        var connection = await product.CreateAsync("rest", new { auth_type = "headers", base_uri = app.Url, header_pair = "X-Key: 1" });
        await app.DisposeAsync();

        var answer = (await product.Api.ReadAsync($"/api/connections/{connection.Id}/call/x")).Is(502);

        answer.Message.ShouldContain("could not be reached");
        answer.Headers.Contains("X-Answered-By").ShouldBeFalse();
        (await product.GetConnectionAsync(connection.Id)).ToJsonString().ShouldBe(connection.ToJsonString());
    }

    [Fact]
    public async Task An_app_that_breaks_off_in_the_middle_does_not_look_like_one_that_ended()
    {
        var gate = new Gate();
        await using var app = await TinyApp.StartAsync(async context =>
        {
            if (context.Request.Path != "/x") return;
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            await gate.PassAsync();
            context.Abort();
        });
        var connection = await product.CreateAsync("rest", new { auth_type = "no_auth", base_uri = app.Url });
        using var response = await product.Api.GetAsync($"/api/connections/{connection.Id}/call/x", HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var body = await response.Content.ReadAsStreamAsync(Cancel);
        await body.ReadExactlyAsync(new byte[4], Cancel);

        gate.Open();

        await Should.ThrowAsync<IOException>(() => new StreamReader(body).ReadToEndAsync(Cancel));

        (await product.GetConnectionAsync(connection.Id)).Text("authorization_status").ShouldBe("success");
    }

    [Fact]
    public async Task A_401_to_credentials_that_were_replaced_meanwhile_does_not_mark_the_new_ones()
    {
        var gate = new Gate();
        await using var app = await TinyApp.StartAsync(async context =>
        {
            if (context.Request.Path != "/slow") return;
            await gate.PassAsync();
            context.Response.StatusCode = 401;
        });
        var connection = await product.CreateAsync("rest", new { auth_type = "headers", base_uri = app.Url, header_pair = "X-Key: old" });
        var calling = product.Api.ReadAsync($"/api/connections/{connection.Id}/call/slow");
        await gate.Reached;
        (await product.Api.ChangeAsync($"/api/connections/{connection.Id}", new { input = new { header_pair = "X-Key: new" } })).Ok();
        gate.Open();

        (await calling).Is(401);

        (await product.GetConnectionAsync(connection.Id)).Text("authorization_status").ShouldBe("success");
    }

    [Fact]
    public async Task A_success_of_credentials_that_were_taken_away_meanwhile_does_not_connect_again()
    {
        var gate = new Gate();
        await using var app = await TinyApp.StartAsync(context => context.Request.Path == "/slow" ? gate.PassAsync() : Task.CompletedTask);
        var shell = (await product.Api.SendAsync("/api/connections", new { name = "Shell", provider = "rest", shell_connection = true, input = new { auth_type = "headers", base_uri = app.Url, header_pair = "X-Key: 1" } })).Ok().Json;
        var calling = product.Api.ReadAsync($"/api/connections/{shell.Id}/call/slow");
        await gate.Reached;
        (await product.Api.SendAsync($"/api/connections/{shell.Id}/disconnect")).Ok();
        gate.Open();

        (await calling).Ok();

        (await product.GetConnectionAsync(shell.Id))["authorization_status"].ShouldBeNull();
    }

    [Fact]
    public async Task The_first_successful_call_through_an_untested_shell_connects_it()
    {
        var shell = (await product.Api.SendAsync("/api/connections", new { name = "Shell", provider = "sample_app", shell_connection = true, input = RightKey })).Ok().Json;

        (await product.Api.ReadAsync($"/api/connections/{shell.Id}/call/api/me")).Ok();

        var now = await product.GetConnectionAsync(shell.Id);
        now.Text("authorization_status").ShouldBe("success");
        now["authorized_at"].ShouldNotBeNull();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await product.SampleApp.ResetAsync();
    }
}

public sealed class CallHealthOnSqlite(ProductOnSqlite product) : CallHealthTests(product), IClassFixture<ProductOnSqlite>;

public sealed class CallHealthOnPostgres(ProductOnPostgres product) : CallHealthTests(product), IClassFixture<ProductOnPostgres>;
