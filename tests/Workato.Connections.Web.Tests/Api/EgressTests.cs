using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Projects;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>A server whose operator allowed no network beside the internet.</summary>
public sealed class GuardedOnSqlite : ProductOnSqlite
{
    public GuardedOnSqlite()
    {
        Settings["Egress:AllowedNetworks"] = "";
        Settings["environment"] = "Production"; // Development allows the server's own address, where the sample app is.
    }
}

/// <summary>A server whose operator allowed no network beside the internet.</summary>
public sealed class GuardedOnPostgres : ProductOnPostgres
{
    public GuardedOnPostgres(PostgresCluster cluster)
        : base(cluster)
    {
        Settings["Egress:AllowedNetworks"] = "";
        Settings["environment"] = "Production";
    }
}

/// <summary>Nobody reaches the inside of the network through a connection.</summary>
public abstract class EgressTests(Product product)
{
    [Theory]
    [InlineData("http://example.com")]
    [InlineData("ftp://example.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.com")]
    [InlineData("https://127.0.0.1")]
    [InlineData("https://127.1")]
    [InlineData("https://2130706433")]
    [InlineData("https://0x7f000001")]
    [InlineData("https://0x7f.0.0.1")]
    [InlineData("https://0177.0.0.1")]
    [InlineData("https://0.0.0.0")]
    [InlineData("https://[::1]")]
    [InlineData("https://[::]")]
    [InlineData("https://[::ffff:127.0.0.1]")]
    [InlineData("https://[::ffff:7f00:1]")]
    [InlineData("https://[fd00::1]")]
    [InlineData("https://[fe80::1]")]
    [InlineData("https://[64:ff9b::7f00:1]")]
    [InlineData("https://10.0.0.5")]
    [InlineData("https://172.16.3.4")]
    [InlineData("https://192.168.1.1")]
    [InlineData("https://100.64.0.1")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("http://169.254.169.254")]
    [InlineData("https://localhost")]
    [InlineData("https://localhost:5080")]
    [InlineData("https://LOCALHOST.")]
    [InlineData("https://app.localhost")]
    [InlineData("https://１２７.0.0.1")]
    [InlineData("https://user:password@example.com")]
    [InlineData("https://example.com@127.0.0.1")]
    [InlineData("https://example.com/api?x=1")]
    [InlineData("https://example.com/api#x")]
    [InlineData("//example.com")]
    [InlineData("example.com")]
    [InlineData("https://")]
    [InlineData("https://exa mple.com")]
    [InlineData("https://\u0001")]
    public async Task An_address_that_leaves_https_or_points_inside_is_refused_by_the_fields_name(string address)
    {
        var answer = await product.Api.SendAsync("/api/connections", new { name = "Not made", provider = "rest", input = new { auth_type = "no_auth", base_uri = address } });

        answer.Is(400).Fields.ShouldBe(["input.base_uri"]);
        (await product.Api.ReadAsync("/api/connections?text=Not+made")).Ok().Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_refused_when_it_is_resolved()
    {
        var host = Dns.GetHostName();
        (await Dns.GetHostAddressesAsync(host, TestContext.Current.CancellationToken)).ShouldNotBeEmpty();

        var answer = await product.Api.SendAsync("/api/connections", new { name = "Not made", provider = "rest", input = new { auth_type = "no_auth", base_uri = $"https://{host}:5080" } });

        answer.Is(400).Fields.ShouldBe(["input.base_uri"]);
    }

    [Fact]
    public async Task A_shell_is_no_way_around() =>
        (await product.Api.SendAsync("/api/connections", new { name = "Not made", provider = "rest", shell_connection = true, input = new { auth_type = "no_auth", base_uri = "https://127.0.0.1" } }))
            .Is(400).Fields.ShouldBe(["input.base_uri"]);

    [Fact]
    public async Task A_change_is_no_way_around()
    {
        var shell = (await product.Api.SendAsync("/api/connections", new { name = "Shell", provider = "rest", shell_connection = true })).Ok().Json;

        (await product.Api.ChangeAsync($"/api/connections/{shell.Id}", new { input = new { auth_type = "no_auth", base_uri = "https://[::1]" } })).Is(400).Fields.ShouldBe(["input.base_uri"]);
    }

    [Fact]
    public async Task A_host_field_is_no_way_around() =>
        (await product.Api.SendAsync("/api/connections", new { name = "Not made", provider = "jenkins", input = new { root_uri = "https://127.0.0.1", username = "u", password = "t" } })).Is(400).Fields.ShouldBe(["input.root_uri"]);

    [Fact]
    public async Task A_connection_made_before_the_network_was_closed_is_not_called_any_more()
    {
        var asked = false;
        await using var inside = await TinyApp.StartAsync(context =>
        {
            asked = true;
            return Task.CompletedTask;
        });
        var id = await StoreAsync(inside.Url);

        var answer = (await product.Api.ReadAsync($"/api/connections/{id}/call/anything")).Is(502);

        answer.Message.ShouldContain("points inside the network");
        asked.ShouldBeFalse();
        (await product.GetConnectionAsync(id)).Text("authorization_status").ShouldBe("success");
    }

    private async Task<int> StoreAsync(string baseUri)
    {
        await using var scope = product.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var now = DateTimeOffset.UtcNow;
        var row = new Connection
        {
            Name = "Made before",
            Provider = "rest",
            FolderId = db.Folders.Single(f => f.ParentId == null).Id,
            SignInBy = "no_auth",
            Settings = new() { ["base_uri"] = baseUri },
            Status = AuthorizationStatus.Success,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(row);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        row.SealedSecrets = scope.ServiceProvider.GetRequiredService<CredentialProtector>().Seal(row.Id, new Dictionary<string, Secret>());
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return row.Id;
    }
}

public sealed class EgressOnSqlite(GuardedOnSqlite product) : EgressTests(product), IClassFixture<GuardedOnSqlite>;

public sealed class EgressOnPostgres(GuardedOnPostgres product) : EgressTests(product), IClassFixture<GuardedOnPostgres>;
