using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Recipes.Workbot;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Recipes;

/// <summary>Slash commands as Slack sends them, on whichever database.</summary>
public abstract partial class WorkbotTests(Product product, Func<Mailbox> slack) : IAsyncLifetime
{
    private const string SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5";
    private readonly string command = $"/note-{Guid.NewGuid():N}";
    private readonly string user = $"U{Guid.NewGuid():N}"[..10];
    private int profile;
    private int recipe;

    [Fact]
    public async Task A_command_asks_its_user_to_connect_and_then_runs_with_that_users_account_and_answers()
    {
        var asked = (await SendAsync(Body())).Ok().Json;
        asked.Text("response_type").ShouldBe("ephemeral");
        asked.Text("text")!.ShouldStartWith($"Connect your Sample app account to use {command}");
        await product.ConnectAsync(Link().Match(asked.Text("text")!).Groups[1].Value, "ada");

        (await SendAsync(Body("buy milk"))).Ok().Json.Text("text").ShouldBe("Working on it.");

        (await slack().NextAsync()).Text("text").ShouldBe("buy milk: noted by ada");
    }

    [Fact]
    public async Task The_same_request_twice_makes_one_job()
    {
        await ConnectAsync();
        var (body, now) = (Body("once"), DateTimeOffset.UtcNow);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync(body, now)));

        answers.Count(a => a.Ok().Text.Contains("Working on it", StringComparison.Ordinal)).ShouldBe(1);
        await slack().NextAsync();
        (await product.Api.ReadAsync($"/api/recipes/{recipe}/jobs")).Ok().Json["job_count"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_sees_where_the_answer_goes()
    {
        await ConnectAsync();
        (await SendAsync(Body("secret"))).Ok();
        await slack().NextAsync();
        var job = (await product.Api.ReadAsync($"/api/recipes/{recipe}/jobs")).Ok().Json["items"]![0]!["id"]!.GetValue<string>();

        var shown = (await product.Api.ReadAsync($"/api/recipes/{recipe}/jobs/{job}")).Ok();

        shown.Json["trigger"]!.AsObject().Select(p => p.Key).ShouldBe(["command", "text", "user_id", "user_name", "team_id", "channel_id"]);
        shown.Text.ShouldNotContain("/box");
    }

    [Theory]
    [InlineData(-301, SigningSecret, "more than five minutes")]
    [InlineData(301, SigningSecret, "more than five minutes")]
    [InlineData(0, "another secret", "signature")]
    public async Task What_is_old_or_not_signed_by_Slack_is_refused_and_nothing_is_done(int seconds, string secret, string words)
    {
        await ConnectAsync();

        (await SendAsync(Body(), DateTimeOffset.UtcNow.AddSeconds(seconds), secret)).Is(401).Message.ShouldContain(words);

        (await product.Api.ReadAsync($"/api/recipes/{recipe}/jobs")).Ok().Json["job_count"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task An_unsigned_a_changed_and_a_huge_request_are_refused()
    {
        using var http = product.Anonymous();
        (await http.SendAsync($"/workbot/slack/{profile}", new StringContent(Body()))).Is(401).Message.ShouldContain("not signed");
        var (body, now) = (Body("10"), DateTimeOffset.UtcNow);
        (await SendAsync(body.Replace("10", "1000", StringComparison.Ordinal), now, signature: Sign(body, now, SigningSecret))).Is(401);
        (await SendAsync(Body(new string('x', 70_000)))).Is(413);
        (await SendAsync(Body(), at: $"/workbot/slack/{profile + 1000}")).Is(401);
    }

    [Fact]
    public async Task A_command_nothing_listens_to_says_so()
    {
        (await product.Api.ChangeAsync($"/api/recipes/{recipe}/stop", new { })).Ok();

        (await SendAsync(Body())).Ok().Json.Text("text").ShouldBe($"Nothing here listens to {command}: its recipe may be stopped.");
    }

    [Theory]
    [InlineData("connections")]
    [InlineData("help")]
    public async Task A_user_who_asks_gets_a_page_of_what_is_theirs(string text)
    {
        await ConnectAsync();

        var link = Link().Match((await SendAsync(Body(text))).Ok().Json.Text("text")!).Groups[1].Value;

        using var browser = new CookieClient(product);
        (await browser.Http.ReadAsync(new Uri(link).AbsolutePath)).Ok().Text.ShouldContain("Connected as ada@sample.example");
    }

    public async ValueTask InitializeAsync()
    {
        await product.SampleApp.ResetAsync();
        var parent = await product.ParentAsync();
        profile = (await product.Api.SendAsync("/api/custom_oauth_profiles", new { name = "Slack", provider = "slack_bot", data = new { client_id = "1.2", client_secret = "hush", token = SigningSecret } })).Ok().Json["result"]!.AsObject().Id;
        var bot = (await product.Api.SendAsync("/api/connections", new { name = "Bot", provider = "slack_bot", shell_connection = true, input = new { custom_oauth_profile_id = $"{profile}" } })).Ok().Json.Id;
        // Nobody signs in to Slack here.
        await using (var scope = product.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Connections.Where(c => c.Id == bot).ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, AuthorizationStatus.Success));
        recipe = (await product.Api.SendAsync("/api/recipes", new
        {
            name = "Note by Slack",
            code = System.Text.Json.JsonSerializer.Serialize(new
            {
                keyword = "trigger",
                provider = "slack_bot",
                name = "bot_command_v2",
                @as = "said",
                input = new { command },
                block = new object[]
                {
                    new { keyword = "action", provider = "sample_app", name = "create_note", @as = "note", input = new { text = "{{ said.text }}" } },
                    new { keyword = "action", provider = "slack_bot", name = "post_bot_reply", input = new { text = "{{ said.text }}: noted by {{ note.author }}" } },
                },
            }),
            config = $$"""[{"provider":"slack_bot","account_id":{{bot}}},{"provider":"sample_app","account_id":{{parent}},"runtime_user_connections":true}]""",
        })).Ok().Json.Id;
        await product.StartAsync(recipe);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private async Task ConnectAsync() => await product.ConnectAsync(Link().Match((await SendAsync(Body())).Ok().Json.Text("text")!).Groups[1].Value, "ada");

    private string Body(string text = "hello") => string.Join('&', new Dictionary<string, string>
    {
        ["command"] = command,
        ["text"] = text,
        ["user_id"] = user,
        ["user_name"] = "ada",
        ["team_id"] = "T1",
        ["channel_id"] = "C1",
        ["response_url"] = slack().Url,
    }.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"));

    private async Task<Answer> SendAsync(string body, DateTimeOffset? now = null, string secret = SigningSecret, string? signature = null, string? at = null)
    {
        using var http = product.Anonymous();
        var when = now ?? DateTimeOffset.UtcNow;
        using var request = new HttpRequestMessage(HttpMethod.Post, at ?? $"/workbot/slack/{profile}") { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Add("X-Slack-Request-Timestamp", Seconds(when));
        request.Headers.Add("X-Slack-Signature", signature ?? Sign(body, when, secret));
        return await http.AskAsync(request);
    }

    private static string Sign(string body, DateTimeOffset now, string secret) => SlackSignature.Of(new(secret), Seconds(now), Encoding.UTF8.GetBytes(body));

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("<(http[^|]+)\\|")]
    private static partial Regex Link();
}

public sealed class WorkbotOnSqlite(SlackOnSqlite product) : WorkbotTests(product, () => product.Slack), IClassFixture<SlackOnSqlite>;

public sealed class WorkbotOnPostgres(SlackOnPostgres product) : WorkbotTests(product, () => product.Slack), IClassFixture<SlackOnPostgres>;

/// <summary>The embedded default, and a Slack that takes replies.</summary>
public sealed class SlackOnSqlite : ProductOnSqlite
{
    public Mailbox Slack { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        Slack = await Mailbox.StartAsync();
        ConfigureServices = services => services.AddSingleton(new ReplyRules([Slack.Origin]));
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Slack.DisposeAsync();
    }
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class SlackOnPostgres(PostgresCluster cluster) : ProductOnPostgres(cluster)
{
    public Mailbox Slack { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        Slack = await Mailbox.StartAsync();
        ConfigureServices = services => services.AddSingleton(new ReplyRules([Slack.Origin]));
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Slack.DisposeAsync();
    }
}
