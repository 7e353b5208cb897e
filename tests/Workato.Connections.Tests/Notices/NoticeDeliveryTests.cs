using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data.Work;
using Workato.Connections.Notices;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Notices;

/// <summary>Webhooks on their way, on whichever database.</summary>
public abstract class NoticeDeliveryTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_arrives_signed_with_what_is_wrong_and_a_link()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        var channel = await scene.ChannelAsync(receiver.Url);

        var incident = await scene.BreakAsync("Billing");
        await scene.RunAsync();

        var got = receiver.Taken.ShouldHaveSingleItem();
        got.Signature.ShouldBe(WebhookSecrets.Sign(channel.Secret!, got.Id, long.Parse(got.Timestamp, CultureInfo.InvariantCulture), got.Body));
        got.Timestamp.ShouldBe(workspace.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var data = got.Message.Data;
        (got.Message.Type, data.Title, data.Message, data.Evidence, data.IncidentId).ShouldBe(("incident.opened", "Billing needs to be connected again", "The app took the permission back. Reconnect 'Billing'.", "401 invalid_token", incident.Id));
        data.Url.ShouldBe($"http://localhost:5080/connections/{incident.ConnectionId}");
        (await scene.DeliveryAsync()).SentAt.ShouldBe(workspace.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_receiver_that_is_down_is_asked_again_ever_later_once_for_all_that_waits_and_then_gets_everything_in_order()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        var channel = await scene.ChannelAsync(receiver.Url);
        receiver.Answer = _ => 500;
        var a = await scene.BreakAsync("A");
        await scene.BreakAsync("B");

        await scene.RunAsync();
        foreach (var seconds in new[] { 5, 30, 120, 600, 1800, 3600, 7200, 14400, 14400 })
        {
            var before = receiver.Asked.Count;
            // News while nothing gets through do not make it be asked more often.
            if (seconds == 600) await scene.ResolveAsync(a);
            await scene.AfterAsync(TimeSpan.FromSeconds(seconds - 1));
            receiver.Asked.Count.ShouldBe(before, $"before the {seconds} seconds are over");
            await scene.AfterAsync(TimeSpan.FromSeconds(1));
            receiver.Asked.Count.ShouldBe(before + 1, $"after {seconds} seconds");
        }

        (await scene.ChannelAsync(channel.Channel.Id)).Problem.ShouldBe("The receiver answered 500.");
        receiver.Answer = _ => 200;
        await scene.AfterAsync(TimeSpan.FromHours(4));

        receiver.Taken.Select(t => t.Say).ShouldBe(["opened A", "opened B", "resolved A"]);
        receiver.Asked.Take(4).Select(t => t.Id).Distinct().ShouldHaveSingleItem().ShouldBe(receiver.Taken[0].Id);
        var after = await scene.ChannelAsync(channel.Channel.Id);
        (after.FailingSince, after.Problem).ShouldBe((null, null));
    }

    [Fact]
    public async Task A_message_a_receiver_chokes_on_keeps_back_no_other_connection_for_long()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        await scene.ChannelAsync(receiver.Url);
        receiver.Answer = taken => taken.Say == "opened A" ? 500 : 200;
        await scene.BreakAsync("A");
        await scene.BreakAsync("B");

        await scene.RunAsync();
        foreach (var seconds in new[] { 5, 30, 120, 600 }) await scene.AfterAsync(TimeSpan.FromSeconds(seconds));

        receiver.Taken.Select(t => t.Say).ShouldBe(["opened B"]);
    }

    [Fact]
    public async Task What_does_not_arrive_for_five_days_is_given_up_and_can_be_sent_again()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        var channel = (await scene.ChannelAsync(receiver.Url)).Channel.Id;
        receiver.Answer = _ => 503;
        await scene.BreakAsync("A");
        await scene.BreakAsync("B");
        await scene.RunAsync();
        for (var hours = 0; hours < (5 * 24) - 1; hours++) await scene.AfterAsync(TimeSpan.FromHours(1));
        (await scene.DeliveriesAsync()).ShouldAllBe(d => d.GivenUpAt == null);
        for (var hours = 0; hours < 5; hours++) await scene.AfterAsync(TimeSpan.FromHours(1));
        var given = await scene.DeliveriesAsync();
        given.ShouldAllBe(d => d.GivenUpAt != null && d.DueAt == null && d.Problem == "The receiver answered 503.");

        receiver.Answer = _ => 204;
        (await scene.AskAsync<NoticeDeliveries, Result<NoticeDelivery>>(d => d.ReplayAsync(channel, given[1].Id, Cancel))).Granted().DueAt.ShouldNotBeNull();
        await scene.RunAsync();

        receiver.Taken.ShouldHaveSingleItem().Id.ShouldBe(given[1].MessageId);
        (await scene.DeliveriesAsync())[1].GivenUpAt.ShouldBeNull();
        (await scene.AskAsync<NoticeDeliveries, Result<NoticeDelivery>>(d => d.ReplayAsync(channel, given[1].Id + 1000, Cancel))).Refused().Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public async Task A_message_that_is_refused_holds_back_the_later_ones_of_its_own_connection_only()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        await scene.ChannelAsync(receiver.Url);
        receiver.Answer = m => m.Say.EndsWith('A') ? 422 : 204;
        var a = await scene.BreakAsync("A");
        await scene.BreakAsync("B");
        await scene.ResolveAsync(a);

        await scene.RunAsync();
        await scene.BreakAsync("C");
        await scene.RunAsync();
        receiver.Asked.Select(t => t.Say).ShouldBe(["opened A", "opened B", "opened C"]);
        receiver.Answer = _ => 204;
        await scene.AfterAsync(TimeSpan.FromSeconds(5));

        receiver.Taken.Select(t => t.Say).ShouldBe(["opened B", "opened C", "opened A", "resolved A"]);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_switches_the_channel_off_and_what_waits_is_kept_until_somebody_switches_it_on()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        var id = (await scene.ChannelAsync(receiver.Url)).Channel.Id;
        receiver.Answer = _ => 410;
        await scene.BreakAsync("A");
        await scene.RunAsync();

        var off = await scene.ChannelAsync(id);
        off.StoppedAt.ShouldNotBeNull();
        off.Problem!.ShouldContain("410");
        await scene.BreakAsync("Nobody is told of this");
        await scene.AfterAsync(TimeSpan.FromHours(5));
        receiver.Asked.Count.ShouldBe(1);
        receiver.Answer = _ => 204;
        (await scene.AskAsync<NoticeChannels, Result<NoticeChannel>>(c => c.UpdateAsync(id, new() { IsOn = true }, Cancel))).Granted().Problem.ShouldBeNull();
        await scene.RunAsync();

        receiver.Taken.ShouldHaveSingleItem().Say.ShouldBe("opened A");
    }

    [Theory]
    [InlineData(429, 90)]
    [InlineData(503, 2)]
    public async Task A_receiver_that_says_when_to_come_again_is_not_asked_before(int status, int seconds)
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        await scene.ChannelAsync(receiver.Url);
        (receiver.Answer, receiver.RetryAfter) = (_ => status, seconds);
        await scene.BreakAsync("A");
        await scene.RunAsync();

        await scene.AfterAsync(TimeSpan.FromSeconds(seconds - 1));
        receiver.Asked.Count.ShouldBe(1);
        await scene.AfterAsync(TimeSpan.FromSeconds(1));

        receiver.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_said()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        await scene.ChannelAsync(receiver.Url);
        receiver.Answer = _ => 307;
        await scene.BreakAsync("A");

        await scene.RunAsync();

        receiver.Asked.Count.ShouldBe(1);
        (await scene.DeliveryAsync()).Problem!.ShouldContain("Redirects are not followed");
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_waited_for_fifteen_seconds()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        receiver.Hangs = true;
        await scene.ChannelAsync(receiver.Url);
        await scene.BreakAsync("A");

        var running = scene.RunAsync();
        while (receiver.Asked.Count == 0) await Task.Delay(10, Cancel);
        workspace.Time.Advance(TimeSpan.FromSeconds(14));
        running.IsCompleted.ShouldBeFalse();
        workspace.Time.Advance(TimeSpan.FromSeconds(1));
        await running;

        (await scene.DeliveryAsync()).Problem.ShouldBe("The receiver did not answer within 15 seconds.");
    }

    [Fact]
    public async Task What_a_process_held_that_died_is_sent_by_the_next_in_order()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        await scene.ChannelAsync(receiver.Url);
        await scene.BreakAsync("A");
        await scene.BreakAsync("B");
        // It holds the work, and nothing of what it did is written.
        await workspace.DbAsync(db => db.Set<WorkItem>().ExecuteUpdateAsync(set => set.SetProperty(w => w.Holder, "killed").SetProperty(w => w.DueAt, workspace.Time.GetUtcNow() + WorkRunner.Lease), Cancel));
        await scene.RunAsync();
        receiver.Asked.ShouldBeEmpty();

        await scene.BreakAsync("C");
        await scene.AfterAsync(WorkRunner.Lease);

        receiver.Taken.Select(t => t.Say).ShouldBe(["opened A", "opened B", "opened C"]);
    }

    [Fact]
    public async Task Now_means_now_also_while_nothing_gets_through()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        var id = (await scene.ChannelAsync(receiver.Url)).Channel.Id;
        receiver.Answer = _ => 500;
        await scene.BreakAsync("A");
        await scene.BreakAsync("B");
        await scene.RunAsync();
        await scene.AfterAsync(TimeSpan.FromSeconds(5));
        receiver.Answer = _ => 204;

        (await scene.AskAsync<NoticeDeliveries, Result<bool>>(d => d.SendNowAsync(id, Cancel))).Granted();
        await scene.RunAsync();

        receiver.Taken.Select(t => t.Say).ShouldBe(["opened A", "opened B"]);
    }

    [Fact]
    public async Task In_quiet_hours_nothing_is_sent_but_a_trial_and_at_their_end_everything()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        var now = workspace.Time.GetUtcNow();
        var quiet = new GivenQuietHours(Clock(now.AddHours(-1)), Clock(now.AddHours(2)), null);
        var id = (await scene.ChannelAsync(receiver.Url, new() { Quiet = quiet })).Channel.Id;
        await scene.ResolveAsync(await scene.BreakAsync("A"));
        await scene.RunAsync();
        receiver.Asked.ShouldBeEmpty();

        var trial = (await scene.AskAsync<NoticeDeliveries, Result<NoticeDelivery>>(d => d.TestAsync(id, Cancel))).Granted();
        (trial.SentAt is not null, receiver.Taken.ShouldHaveSingleItem().Message.Type).ShouldBe((true, "test"));
        await scene.AfterAsync(TimeSpan.FromHours(1.9));
        receiver.Taken.Count.ShouldBe(1);
        await scene.AfterAsync(TimeSpan.FromHours(0.2));

        receiver.Taken.Skip(1).Select(t => t.Say).ShouldBe(["opened A", "resolved A"]);
    }

    [Fact]
    public async Task A_trial_that_fails_says_why_and_is_not_tried_again()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        var id = (await scene.ChannelAsync(receiver.Url)).Channel.Id;
        receiver.Answer = _ => 500;

        var trial = (await scene.AskAsync<NoticeDeliveries, Result<NoticeDelivery>>(d => d.TestAsync(id, Cancel))).Granted();
        await scene.AfterAsync(TimeSpan.FromDays(1));

        (trial.GivenUpAt is not null, trial.Problem).ShouldBe((true, "The receiver answered 500."));
        receiver.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Deliveries_are_forgotten_a_month_after_their_end_unless_the_incident_goes_on()
    {
        var scene = await NoticeScene.PrepareAsync(workspace);
        await using var receiver = await TestReceiver.StartAsync();
        await scene.ChannelAsync(receiver.Url);
        await scene.ResolveAsync(await scene.BreakAsync("Over"));
        var open = await scene.BreakAsync("Open");
        await scene.RunAsync();
        var retention = workspace.Services.GetRequiredService<NoticeRetention>();

        workspace.Time.Advance(TimeSpan.FromDays(29));
        await retention.ForgetAsync(Cancel);
        (await scene.DeliveriesAsync()).Count.ShouldBe(3);
        workspace.Time.Advance(TimeSpan.FromDays(2));
        await retention.ForgetAsync(Cancel);

        (await scene.DeliveryAsync()).IncidentId.ShouldBe(open.Id);
    }

    private static string Clock(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);
}

public sealed class NoticeDeliveryOnSqlite(SqliteWorkspace workspace) : NoticeDeliveryTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class NoticeDeliveryOnPostgres(PostgresWorkspace workspace) : NoticeDeliveryTests(workspace), IClassFixture<PostgresWorkspace>;
