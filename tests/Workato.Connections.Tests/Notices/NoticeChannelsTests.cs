using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Notices;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Recipes;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Notices;

/// <summary>Making channels, and who is told of what, on whichever database.</summary>
public abstract class NoticeChannelsTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_channel_is_told_of_its_projects_alone_and_hears_no_names_of_others()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        var (mine, theirs) = (await workspace.RootAsync(), await workspace.RootAsync());
        await scene.ChannelAsync(receiver.Url, new() { ProjectIds = [mine.ProjectId] });
        var (here, there) = ((await workspace.ConnectedAsync("Here", mine.Id)).Id, await scene.ConnectionAsync("There", theirs.Id));
        await workspace.RecipeAsync("Seen", here, folder: mine.Id);
        await workspace.RecipeAsync("Hidden", here, folder: theirs.Id);

        await scene.OpenAsync(there, "There");
        await scene.DownAsync(here, there);
        await scene.RunAsync();

        var data = receiver.Taken.ShouldHaveSingleItem().Message.Data;
        (data.Title, data.ConnectionsCount).ShouldBe(("Test Desk cannot be reached", 1));
        data.Connections.ShouldHaveSingleItem().Name.ShouldBe("Here");
        data.Recipes.ShouldHaveSingleItem().Name.ShouldBe("Seen");
        data.OtherRecipesCount.ShouldBe(1);
        receiver.Taken[0].Body.ShouldNotContain("Hidden");
    }

    [Fact]
    public async Task An_app_that_is_down_is_one_message_with_the_first_connections_and_how_many_there_are()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        await scene.ChannelAsync(receiver.Url);
        var all = new List<int>();
        for (var i = 1; i <= 23; i++) all.Add(await scene.ConnectionAsync(string.Create(CultureInfo.InvariantCulture, $"C{i}")));

        await scene.ResolveAsync(await scene.DownAsync([.. all]));
        await scene.RunAsync();

        receiver.Taken.Select(t => t.Message.Type).ShouldBe(["incident.opened", "incident.resolved"]);
        receiver.Taken.ShouldAllBe(t => t.Message.Data.Connections!.Count == 20 && t.Message.Data.ConnectionsCount == 23);
        receiver.Taken[1].Message.Data.ResolvedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_project_that_an_incident_reaches_later_is_told_then_and_once()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        var (mine, theirs) = (await workspace.RootAsync(), await workspace.RootAsync());
        await scene.ChannelAsync(receiver.Url, new() { ProjectIds = [mine.ProjectId] });
        var (here, there) = (await scene.ConnectionAsync("Here", mine.Id), await scene.ConnectionAsync("There", theirs.Id));
        var incident = await scene.DownAsync(there);
        await scene.RunAsync();
        receiver.Taken.ShouldBeEmpty();

        await scene.JoinAsync(incident, here);
        await scene.JoinAsync(incident, await scene.ConnectionAsync("Here, too", mine.Id));
        await scene.RunAsync();

        receiver.Taken.ShouldHaveSingleItem().Message.Data.Connections!.ShouldHaveSingleItem().Name.ShouldBe("Here");
    }

    [Fact]
    public async Task Warnings_go_to_those_who_want_them()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        await scene.ChannelAsync(receiver.Url, new() { Name = "Wants" });
        await scene.ChannelAsync(receiver.Url, new() { Name = "Does not", WithWarnings = false });

        await scene.OpenAsync(await scene.ConnectionAsync("A"), "A", isWarning: true);
        await scene.RunAsync();

        receiver.Taken.ShouldHaveSingleItem().Message.Data.Title.ShouldBe("A stops working soon");
    }

    [Fact]
    public async Task The_secret_is_sealed_for_its_channel_given_out_once_and_can_be_replaced()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        var made = await scene.ChannelAsync("https://hooks.example.com/very-secret-path");
        var stored = await scene.ChannelAsync(made.Channel.Id);
        (await scene.AskAsync<CredentialProtector, Secret?>(p => Task.FromResult(p.OpenWebhook(stored)))).ShouldBe(made.Secret);
        (await scene.AskAsync<CredentialProtector, string?>(p => Task.FromResult(p.Open<string>(SecretKinds.Webhooks, WebhookSecrets.Row(stored.Id + 1), stored.SealedSecret!)))).ShouldBeNull();

        var replaced = (await scene.AskAsync<NoticeChannels, Result<MadeNoticeChannel>>(c => c.RegenerateSecretAsync(stored.Id, Cancel))).Granted();
        (await scene.AskAsync<NoticeChannels, Result<bool>>(c => c.DeleteAsync(stored.Id, Cancel))).Granted();

        replaced.Secret.ShouldNotBe(made.Secret);
        var entries = await workspace.DbAsync(db => db.Set<AuditEntry>().AsNoTracking().Where(e => e.ResourceType == AuditedTypes.NoticeChannel && e.ResourceId == stored.Id).OrderBy(e => e.Id).ToListAsync(Cancel));
        entries.Select(e => e.Event).ShouldBe(["notice_channel_created", "notice_channel_secret_replaced", "notice_channel_deleted"]);
        entries.ShouldAllBe(e => !e.Changes!.Contains("very-secret-path") && !e.Changes.Contains("whsec_"));
        entries.Select(AuditWords.Activity).ShouldBe(["created notice channel 'Ops'", "replaced the secret of notice channel 'Ops'", "removed notice channel 'Ops'"]);
    }

    [Theory]
    [InlineData("kind", "pigeon", "https://example.com", "must be 'email' or 'webhook'")]
    [InlineData("kind", "email", "ada@example.com", "this server knows no mail server")]
    [InlineData("address", "webhook", "", "can't be blank")]
    [InlineData("address", "webhook", "ftp://example.com", "must be a URL such as")]
    [InlineData("address", "webhook", "http://10.0.0.1/hook", "points inside the network")]
    [InlineData("address", "webhook", "https://ada:pw@example.com/hook", "must not hold a user name or password")]
    public async Task What_cannot_be_taken_is_said_by_field(string field, string kind, string address, string problem)
    {
        var scene = await NoticeScene.PrepareAsync(workspace);

        var made = await scene.AskAsync<NoticeChannels, Result<MadeNoticeChannel>>(c => c.CreateAsync(new() { Kind = kind, Name = "Ops", Address = address }, Cancel));

        made.RefusedField(field).ShouldContain(problem);
    }

    [Theory]
    [InlineData("quiet_hours.from", "25:00", "07:00", null)]
    [InlineData("quiet_hours.to", "22:00", "", null)]
    [InlineData("quiet_hours.to", "22:00", "22:00", null)]
    [InlineData("quiet_hours.time_zone", "22:00", "07:00", "Mars/Olympus")]
    public async Task Quiet_hours_that_mean_nothing_are_said(string field, string from, string to, string? zone)
    {
        var scene = await NoticeScene.PrepareAsync(workspace);

        var made = await scene.AskAsync<NoticeChannels, Result<MadeNoticeChannel>>(c => c.CreateAsync(new() { Kind = "webhook", Name = "Ops", Address = "https://example.com", Quiet = new(from, to, zone) }, Cancel));

        made.RefusedField(field).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Whoever_reaches_chosen_projects_only_neither_sees_channels_of_others_nor_makes_one()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        var (mine, theirs) = (await workspace.RootAsync(), await workspace.RootAsync());
        var everything = (await scene.ChannelAsync("https://example.com/all")).Channel.Id;
        var own = (await scene.ChannelAsync("https://example.com/mine", new() { ProjectIds = [mine.ProjectId] })).Channel.Id;

        (await AsLimitedAsync(c => c.ListAsync(Cancel))).Select(c => c.Id).ShouldBe([own]);
        (await AsLimitedAsync(c => c.DeleteAsync(everything, Cancel))).Refused().Kind.ShouldBe(RefusalKind.NotFound);
        (await AsLimitedAsync(c => c.UpdateAsync(own, new() { AllProjects = true }, Cancel))).Refused().Kind.ShouldBe(RefusalKind.Forbidden);
        (await AsLimitedAsync(c => c.UpdateAsync(own, new() { ProjectIds = [theirs.ProjectId] }, Cancel))).Refused().Kind.ShouldBe(RefusalKind.Forbidden);
        (await AsLimitedAsync(c => c.CreateAsync(new() { Kind = "webhook", Name = "Mine", Address = "https://example.com" }, Cancel))).RefusedField("project_ids").ShouldContain("choose at least one");

        Task<T> AsLimitedAsync<T>(Func<NoticeChannels, Task<T>> ask) => scene.AskAsync<IServiceProvider, T>(services =>
        {
            ((CurrentAccess)services.GetService(typeof(CurrentAccess))!).Access = Access.Full with { Projects = ProjectScope.Of([mine.ProjectId]) };
            return ask((NoticeChannels)services.GetService(typeof(NoticeChannels))!);
        });
    }
}

public sealed class NoticeChannelsOnSqlite(SqliteWorkspace workspace) : NoticeChannelsTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class NoticeChannelsOnPostgres(PostgresWorkspace workspace) : NoticeChannelsTests(workspace), IClassFixture<PostgresWorkspace>;
