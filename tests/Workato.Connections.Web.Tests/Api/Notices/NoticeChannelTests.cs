using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;
using Workato.Connections.Health;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Notices;

/// <summary>Notice channels over the API, on whichever database.</summary>
public abstract class NoticeChannelTests(Product product)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_channel_is_made_tried_changed_and_removed()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var made = (await product.Api.SendAsync("/api/notice_channels", new { kind = "webhook", name = "Ops", address = receiver.Url, quiet_hours = new { from = "22:00", to = "07:00", time_zone = "Europe/Berlin" } })).Ok();
        made.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var channel = made.Json["data"]!.AsObject();
        channel.Text("signing_secret")!.ShouldStartWith("whsec_");
        var at = $"/api/notice_channels/{channel.Id}";

        (await product.Api.ReadAsync(at)).Ok().Text.ShouldNotContain("whsec_");
        (await product.Api.SendAsync($"{at}/test")).Ok().Json["data"]!.AsObject().Text("state").ShouldBe("arrived");
        receiver.Taken.ShouldHaveSingleItem().Message.Type.ShouldBe("test");

        (await product.Api.ChangeAsync(at, new { name = "Operations" })).Ok().Json["data"]!["quiet_hours"]!["time_zone"]!.GetValue<string>().ShouldBe("Europe/Berlin");
        var changed = (await product.Api.ChangeAsync(at, new { quiet_hours = (object?)null, active = false, all_projects = false, project_ids = new[] { 1 } })).Ok().Json["data"]!.AsObject();
        (changed["quiet_hours"], changed["active"]!.GetValue<bool>(), changed["all_projects"]!.GetValue<bool>()).ShouldBe((null, false, false));
        (await product.Api.SendAsync($"{at}/regenerate_secret")).Ok().Json["data"]!.AsObject().Text("signing_secret").ShouldNotBe(channel.Text("signing_secret"));

        (await product.Api.RemoveAsync(at)).Ok();
        (await product.Api.ReadAsync(at)).Is(404);
    }

    [Fact]
    public async Task A_broken_connection_is_told_by_the_running_server_and_the_message_can_be_sent_again()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var at = $"/api/notice_channels/{(await product.Api.SendAsync("/api/notice_channels", new { kind = "webhook", name = "Ops", address = receiver.Url })).Ok().Json["data"]!.AsObject().Id}";
        var connection = await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" }, "Billing");

        await TellAsync(connection.Id);
        await UntilAsync(() => receiver.Taken.Count == 1);

        var delivery = (await product.Api.ReadAsync($"{at}/deliveries")).Ok().Json["data"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        (delivery.Text("title"), delivery.Text("message_id")).ShouldBe(("Billing needs to be connected again", receiver.Taken[0].Id));
        receiver.Taken[0].Message.Data.Url.ShouldBe(new Uri(product.Services.GetRequiredService<Workato.Connections.Web.Hosting.ServerSettings>().PublicUrl, $"/connections/{connection.Id}").AbsoluteUri);
        (await product.Api.SendAsync($"{at}/deliveries/{delivery.Id}/replay")).Ok();
        await UntilAsync(() => receiver.Taken.Count == 2);

        receiver.Taken.Select(t => t.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_wrong_is_said_by_field_and_e_mail_needs_a_mail_server()
    {
        (await product.Api.SendAsync("/api/notice_channels", new { })).Is(400).Fields.ShouldBe(["kind", "name"]);
        (await product.Api.SendAsync("/api/notice_channels", new { kind = "email", name = "Ops", address = "ada@example.com" })).Is(400).Text.ShouldContain("Mail__Host");
        (await product.Api.SendAsync("/api/notice_channels", new { kind = "webhook", name = "Ops", address = "https://example.com", project_ids = new[] { 4711 } })).Is(400).Fields.ShouldBe(["project_ids"]);
    }

    private async Task TellAsync(int connection)
    {
        await using var scope = product.Services.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>(), DateTimeOffset.UtcNow);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        var incident = new Incident { Provider = "sample_app", ConnectionId = connection, ConnectionName = "Billing", Cause = Causes.TokenRevoked, Words = "Revoked.", OpenedAt = now, ToldAt = now };
        db.Add(incident);
        await scope.ServiceProvider.GetRequiredService<ITellIncidents>().TellAsync(incident, IncidentNews.Opened, Cancel);
        await db.SaveChangesAsync(Cancel);
        await transaction.CommitAsync(Cancel);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var until = DateTime.UtcNow.AddSeconds(30); !isSo() && DateTime.UtcNow < until;) await Task.Delay(50, Cancel);
        isSo().ShouldBeTrue();
    }
}

public sealed class NoticeChannelsOnSqlite(ProductOnSqlite product) : NoticeChannelTests(product), IClassFixture<ProductOnSqlite>;

public sealed class NoticeChannelsOnPostgres(ProductOnPostgres product) : NoticeChannelTests(product), IClassFixture<ProductOnPostgres>;
