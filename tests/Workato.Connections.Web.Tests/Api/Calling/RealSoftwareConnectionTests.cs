using Workato.Connections.Web.Tests.Support;
using Workato.Connections.Web.Tests.Support.RealSoftware;

namespace Workato.Connections.Web.Tests.Api.Calling;

/// <summary>Connections to software nobody here wrote, through the generic HTTP app.</summary>
public abstract class RealSoftwareConnectionTests(Product product)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Radicale_is_connected_by_password_and_called()
    {
        await using var radicale = await RadicaleServer.StartAsync(Cancel);

        var id = await ConnectAsync(radicale);

        var calendar = await product.Api.ReadAsync($"/api/connections/{id}/call/alice/calendar/");
        calendar.Ok().Text.ShouldContain("BEGIN:VCALENDAR");
        var put = new HttpRequestMessage(HttpMethod.Put, $"/api/connections/{id}/call/alice/calendar/a.ics") { Content = new StringContent(Event) };
        (await product.Api.AskAsync(put)).Is(201);
        (await product.Api.ReadAsync($"/api/connections/{id}/call/alice/calendar/a.ics")).Ok().Text.ShouldContain("SUMMARY:Month end");
    }

    [Fact]
    public async Task A_password_changed_in_radicale_is_told_by_the_next_call_and_repaired_in_place()
    {
        await using var radicale = await RadicaleServer.StartAsync(Cancel);
        var id = await ConnectAsync(radicale);
        await radicale.ChangePasswordAsync("a new password", Cancel);

        (await product.Api.ReadAsync($"/api/connections/{id}/call/alice/calendar/")).Is(401);

        await ShouldBeLostAsync(id);
        await ShouldBeRepairedByAsync(id, new { basic_password = "a new password" });
        (await product.Api.ReadAsync($"/api/connections/{id}/call/alice/calendar/")).Ok();
    }

    [Fact]
    public async Task A_password_changed_in_radicale_is_told_by_the_next_test()
    {
        await using var radicale = await RadicaleServer.StartAsync(Cancel);
        var id = await ConnectAsync(radicale);
        await radicale.ChangePasswordAsync("a new password", Cancel);

        (await product.Api.SendAsync($"/api/connections/{id}/test")).Ok().Json.Text("authorization_status").ShouldBe("failed");

        await ShouldBeLostAsync(id);
    }

    [Fact]
    public async Task Syncthing_is_connected_by_API_key_and_called()
    {
        await using var syncthing = await SyncthingServer.StartAsync(Cancel);

        var id = await ConnectAsync(syncthing);

        (await product.Api.ReadAsync($"/api/connections/{id}/call/rest/system/status")).Ok().Json.Text("myID").ShouldBe(syncthing.DeviceId);
    }

    [Fact]
    public async Task A_key_changed_in_syncthing_is_told_by_the_next_call_and_repaired_in_place()
    {
        await using var syncthing = await SyncthingServer.StartAsync(Cancel);
        var id = await ConnectAsync(syncthing);
        await syncthing.ChangeApiKeyAsync("a-new-key", Cancel);

        // Syncthing does not say 401, but "403 CSRF Error".
        (await product.Api.ReadAsync($"/api/connections/{id}/call/rest/system/version")).Is(403);

        await ShouldBeLostAsync(id);
        await ShouldBeRepairedByAsync(id, new { header_pair = "X-API-Key: a-new-key" });
        (await product.Api.ReadAsync($"/api/connections/{id}/call/rest/system/version")).Ok();
    }

    [Fact]
    public async Task A_key_changed_in_syncthing_is_told_by_the_next_test()
    {
        await using var syncthing = await SyncthingServer.StartAsync(Cancel);
        var id = await ConnectAsync(syncthing);
        await syncthing.ChangeApiKeyAsync("a-new-key", Cancel);

        (await product.Api.SendAsync($"/api/connections/{id}/test")).Ok().Json.Text("authorization_status").ShouldBe("failed");

        await ShouldBeLostAsync(id);
    }

    private const string Event = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//test//test//EN
        BEGIN:VEVENT
        UID:a
        DTSTAMP:20260101T000000Z
        DTSTART:20260131T080000Z
        SUMMARY:Month end
        END:VEVENT
        END:VCALENDAR

        """;

    private async Task<int> ConnectAsync(RadicaleServer radicale)
    {
        var connection = await product.CreateAsync(
            "rest", new { auth_type = "basic", base_uri = radicale.BaseUri, test_path = "alice/calendar/", basic_user = radicale.UserName, basic_password = radicale.Password });
        connection.Text("authorization_status").ShouldBe("success", connection.ToJsonString());
        connection.Text("connected_as").ShouldBe("alice");
        return connection.Id;
    }

    private async Task<int> ConnectAsync(SyncthingServer syncthing)
    {
        var connection = await product.CreateAsync(
            "rest", new { auth_type = "headers", base_uri = syncthing.BaseUri, test_path = "rest/system/status", header_pair = $"X-API-Key: {syncthing.ApiKey}" });
        connection.Text("authorization_status").ShouldBe("success", connection.ToJsonString());
        return connection.Id;
    }

    private async Task ShouldBeLostAsync(int id)
    {
        var now = await product.GetConnectionAsync(id);
        now.Text("authorization_status").ShouldBe("failed");
        now["connection_lost_at"].ShouldNotBeNull();
        now.Text("connection_lost_reason").ShouldNotBeNullOrEmpty();
    }

    private async Task ShouldBeRepairedByAsync(int id, object input)
    {
        var repaired = (await product.Api.ChangeAsync($"/api/connections/{id}", new { input })).Ok().Json;
        repaired.Id.ShouldBe(id);
        repaired.Text("authorization_status").ShouldBe("success");
        repaired["connection_lost_at"].ShouldBeNull();
    }
}

public sealed class RealSoftwareConnectionsOnSqlite(ProductOnSqlite product) : RealSoftwareConnectionTests(product), IClassFixture<ProductOnSqlite>;

public sealed class RealSoftwareConnectionsOnPostgres(ProductOnPostgres product) : RealSoftwareConnectionTests(product), IClassFixture<ProductOnPostgres>;
