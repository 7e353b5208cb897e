using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Npgsql;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Web.Tests.Support.RealSoftware;

public sealed class RealSoftwareTests(PostgresCluster postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Radicale_accepts_the_right_password_and_refuses_a_wrong_one_and_none()
    {
        await using var radicale = await RadicaleServer.StartAsync(Cancellation);

        (await GetAsync(radicale.CalendarUri, Basic(radicale.UserName, radicale.Password))).ShouldBe(HttpStatusCode.OK);
        (await GetAsync(radicale.CalendarUri, Basic(radicale.UserName, "wrong"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync(radicale.CalendarUri)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Radicale_tells_who_is_signed_in()
    {
        await using var radicale = await RadicaleServer.StartAsync(Cancellation);

        using var answer = await SendAsync(
            new HttpMethod("PROPFIND"),
            radicale.BaseUri,
            """<propfind xmlns="DAV:"><prop><current-user-principal/></prop></propfind>""",
            Basic(radicale.UserName, radicale.Password));

        answer.StatusCode.ShouldBe(HttpStatusCode.MultiStatus);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("<current-user-principal><href>/alice/</href>");
    }

    [Fact]
    public async Task Radicale_refuses_the_old_password_once_it_is_changed()
    {
        await using var radicale = await RadicaleServer.StartAsync(Cancellation);
        var old = Basic(radicale.UserName, radicale.Password);
        (await GetAsync(radicale.CalendarUri, old)).ShouldBe(HttpStatusCode.OK);

        await radicale.ChangePasswordAsync("another: one", Cancellation);

        (await GetAsync(radicale.CalendarUri, old)).ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync(radicale.CalendarUri, Basic(radicale.UserName, "another: one"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Syncthing_accepts_the_right_key_and_refuses_a_wrong_one_and_none()
    {
        await using var syncthing = await SyncthingServer.StartAsync(Cancellation);

        (await GetAsync(syncthing.StatusUri, Key(syncthing.ApiKey))).ShouldBe(HttpStatusCode.OK);
        (await GetAsync(syncthing.StatusUri, Key("wrong"))).ShouldBe(HttpStatusCode.Forbidden);
        (await GetAsync(syncthing.StatusUri)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Syncthing_tells_whose_key_it_is()
    {
        await using var syncthing = await SyncthingServer.StartAsync(Cancellation);

        using var answer = await SendAsync(HttpMethod.Get, syncthing.StatusUri, null, Key(syncthing.ApiKey));

        var status = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        status.GetProperty("myID").GetString().ShouldBe(syncthing.DeviceId);
    }

    [Fact]
    public async Task Syncthing_refuses_the_old_key_once_it_is_changed()
    {
        await using var syncthing = await SyncthingServer.StartAsync(Cancellation);
        var old = syncthing.ApiKey;

        await syncthing.ChangeApiKeyAsync("another-key", Cancellation);

        (await GetAsync(syncthing.StatusUri, Key(old))).ShouldBe(HttpStatusCode.Forbidden);
        (await GetAsync(syncthing.StatusUri, Key("another-key"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task PostgreSQL_gives_everybody_a_database_of_their_own()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => postgres.CreateDatabaseAsync()));

        foreach (var database in databases)
        {
            await using var source = NpgsqlDataSource.Create(database);
            await using var command = source.CreateCommand("CREATE TABLE alone (id int); SELECT count(*) FROM alone");
            (await command.ExecuteScalarAsync(Cancellation)).ShouldBe(0L);
        }
    }

    [Fact]
    public async Task A_server_that_cannot_start_says_what_it_wrote()
    {
        var home = Directory.CreateTempSubdirectory("connections-radicale-").FullName;
        var serve = new ProcessStartInfo("radicale", ["--config", "/missing"]) { WorkingDirectory = home };

        var refused = await Should.ThrowAsync<InvalidOperationException>(
            () => ServerProcess.StartAsync(serve, new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/"), Cancellation));

        refused.Message.ShouldContain("radicale ended with 1. It wrote:");
        refused.Message.ShouldContain("/missing");
        Directory.Exists(home).ShouldBeFalse();
    }

    private static (string Name, string Value) Basic(string userName, string password) =>
        ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{password}"))}");

    private static (string Name, string Value) Key(string apiKey) => ("X-API-Key", apiKey);

    private static async Task<HttpStatusCode> GetAsync(Uri address, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(HttpMethod.Get, address, null, headers);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri address, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : new StringContent(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await ServerProcess.Http.SendAsync(request, Cancellation);
    }
}
