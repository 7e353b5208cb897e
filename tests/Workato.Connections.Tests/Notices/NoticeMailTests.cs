using MimeKit;
using Workato.Connections.Notices;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Recipes;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Notices;

/// <summary>Notices by e-mail, on whichever database.</summary>
public abstract class NoticeMailTests(Workspace workspace)
{
    private const string Ada = "ada@example.com";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_incident_is_one_message_that_says_what_is_wrong_where_to_go_and_which_recipes_it_stops()
    {
        await using var server = new TinyMailServer();
        var scene = await PrepareAsync(server);
        await scene.ChannelAsync($"{Ada}; grace@example.com", new() { Name = "Ops" });
        var connection = (await workspace.ConnectedAsync("Zendesk Prod")).Id;
        await workspace.RecipeAsync("Invoices", connection);

        await scene.ResolveAsync(await scene.OpenAsync(connection, "Zendesk Prod"));
        var still = await scene.OpenAsync(await scene.ConnectionAsync("Still broken"), "Still\r\nBcc: eve@example.com");
        await scene.RunAsync();

        var (to, text) = server.Taken.ShouldHaveSingleItem();
        to.ShouldBe([Ada, "grace@example.com"]);
        var message = Read(text);
        message.Subject.ShouldBe("Still  Bcc: eve@example.com needs to be connected again");
        message.MessageId.ShouldEndWith("@connections.example.com");
        message.TextBody!.ShouldContain("The app took the permission back.");
        message.TextBody!.ShouldContain($"https://connections.example.com/connections/{still.ConnectionId}");
        (await scene.DeliveriesAsync()).ShouldContain(d => d.Problem == NoticeSending.Over && d.GivenUpAt != null && d.Attempts == 0);
    }

    [Fact]
    public async Task Recipes_are_named_and_names_are_text()
    {
        await using var server = new TinyMailServer();
        var scene = await PrepareAsync(server);
        await scene.ChannelAsync(Ada);
        var connection = (await workspace.ConnectedAsync("<b>Desk</b>")).Id;
        await workspace.RecipeAsync("Invoices", connection);

        await scene.OpenAsync(connection, "<b>Desk</b>");
        await scene.RunAsync();

        var message = Read(server.Taken.ShouldHaveSingleItem().Text);
        message.TextBody!.ShouldContain("1 recipe stands still or fails because of it:");
        message.TextBody!.ShouldContain("- Invoices");
        message.HtmlBody!.ShouldContain("&lt;b&gt;Desk&lt;/b&gt;");
        message.HtmlBody!.ShouldNotContain("<b>Desk");
    }

    [Fact]
    public async Task A_server_that_knows_none_of_the_addresses_is_stated_and_tried_again()
    {
        await using var server = new TinyMailServer();
        var scene = await PrepareAsync(server);
        var id = (await scene.ChannelAsync(Ada)).Channel.Id;
        server.Unknown.Add(Ada);
        await scene.BreakAsync("A");
        await scene.RunAsync();
        (await scene.ChannelAsync(id)).Problem.ShouldBe("The mail server takes no mail for ada@example.com (550 5.1.1 No such mailbox).");

        server.Unknown.Clear();
        await scene.AfterAsync(TimeSpan.FromSeconds(5));

        server.Taken.Count.ShouldBe(1);
        (await scene.ChannelAsync(id)).Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Who_is_known_gets_it_also_where_another_is_not()
    {
        await using var server = new TinyMailServer();
        var scene = await PrepareAsync(server);
        var id = (await scene.ChannelAsync($"nobody@example.com, {Ada}")).Channel.Id;
        server.Unknown.Add("nobody@example.com");
        await scene.BreakAsync("A");

        await scene.RunAsync();
        await scene.AfterAsync(TimeSpan.FromHours(1));

        server.Taken.ShouldHaveSingleItem().To.ShouldBe([Ada]);
        (await scene.ChannelAsync(id)).Problem!.ShouldStartWith("Not for all: the mail server takes no mail for nobody@example.com");
    }

    [Fact]
    public async Task A_sign_in_that_is_refused_is_stated_without_the_password()
    {
        await using var server = new TinyMailServer { RefusesSignIn = true };
        var scene = await PrepareAsync(server, o => o with { UserName = "connections", Password = new Secret("very secret") });
        await scene.ChannelAsync(Ada);
        await scene.BreakAsync("A");

        await scene.RunAsync();

        (await scene.DeliveryAsync()).Problem.ShouldBe("The mail server does not accept Mail__UserName and Mail__Password.");
    }

    [Fact]
    public async Task A_password_is_not_sent_in_the_open_unless_the_operator_says_so()
    {
        await using var server = new TinyMailServer { RefusesSignIn = true };
        var scene = await PrepareAsync(server, o => o with { UserName = "connections", Password = new Secret("very secret"), Security = MailSecurity.Auto });
        await scene.ChannelAsync(Ada);
        await scene.BreakAsync("A");

        await scene.RunAsync();

        (await scene.DeliveryAsync()).Problem!.ShouldContain("so the password was not sent");
    }

    [Fact]
    public async Task A_server_that_is_down_is_stated_and_tried_again()
    {
        await using var server = new TinyMailServer();
        var scene = await PrepareAsync(server, o => o with { Port = 1 });
        await scene.ChannelAsync(Ada);
        await scene.BreakAsync("A");

        await scene.RunAsync();

        var waits = await scene.DeliveryAsync();
        waits.Problem!.ShouldStartWith("The mail server cannot be reached");
        waits.DueAt.ShouldBe(workspace.Time.GetUtcNow() + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_server_that_hangs_is_waited_for_half_a_minute_at_most()
    {
        await using var server = new TinyMailServer { Hangs = true };
        var scene = await PrepareAsync(server);
        await scene.ChannelAsync(Ada);
        await scene.BreakAsync("A");

        var running = scene.RunAsync();
        while (!running.IsCompleted)
        {
            workspace.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAny(running, Task.Delay(50, Cancel));
        }

        await running;
        (await scene.DeliveryAsync()).Problem.ShouldBe("The mail server did not answer in time.");
    }

    private Task<NoticeScene> PrepareAsync(TinyMailServer server, Func<MailOptions, MailOptions>? with = null)
    {
        var options = new MailOptions { Host = "127.0.0.1", Port = server.Port, From = "Connections <notices@connections.example.com>", Security = MailSecurity.None };
        return NoticeScene.PrepareAsync(workspace, with is null ? options : with(options));
    }

    private static MimeMessage Read(string text) => MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), Cancel);
}

public sealed class NoticeMailOnSqlite(SqliteWorkspace workspace) : NoticeMailTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class NoticeMailOnPostgres(PostgresWorkspace workspace) : NoticeMailTests(workspace), IClassFixture<PostgresWorkspace>;
