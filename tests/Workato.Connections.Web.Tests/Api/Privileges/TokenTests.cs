using Microsoft.Extensions.DependencyInjection;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Privileges;

/// <summary>Tokens that open nothing: why is said, to the program and to the audit log, and never with a part of the token.</summary>
public abstract class TokenTests(Product product)
{
    private const string Me = "/api/users/me";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_that_is_cut_short_is_told_so()
    {
        var token = await TokenAsync("cut short");

        var answer = (await AskAsync(token[..^1])).Is(401);

        answer.Message.ShouldBe("Unauthorized: the API token is cut short: it has 68 characters, and tokens of this server have 69. Copy all of it.");
        Challenge(answer).ShouldBe("Bearer error=\"invalid_token\", error_description=\"The API token is cut short\"");
        await ShouldBeWrittenDownAsync(answer.Message, token);
        (await AskAsync("short")).Is(401).Message.ShouldContain("cut short, or none of this server's");
        (await AskAsync(token + "0")).Is(401).Message.ShouldContain("too long: it has 70 characters");
    }

    [Fact]
    public async Task A_token_with_a_changed_letter_is_not_known()
    {
        var token = await TokenAsync("changed letter");
        var changed = token[..^1] + (token[^1] == '0' ? '1' : '0');

        var answer = (await AskAsync(changed)).Is(401);

        answer.Message.ShouldStartWith("Unauthorized: the API token is not known here. A letter of it may have changed");
        Challenge(answer).ShouldBe("Bearer error=\"invalid_token\", error_description=\"The API token is not known\"");
        await ShouldBeWrittenDownAsync(answer.Message, changed);
    }

    [Fact]
    public async Task A_removed_client_is_not_known_any_more()
    {
        var client = await product.AddClientAsync(new { name = "removed", api_privilege_group_id = RoleIds.Analyst, all_folders = true });
        (await AskAsync(client.Token)).Ok();

        (await product.Api.RemoveAsync($"/api/developer_api_clients/{client.Id}")).Ok();

        (await AskAsync(client.Token)).Is(401);
    }

    [Fact]
    public async Task A_token_that_ended_says_since_when()
    {
        var client = await product.AddClientAsync(new { name = "ended", api_privilege_group_id = RoleIds.Analyst, all_folders = true, expires_at = DateTimeOffset.UtcNow.AddDays(1) });
        (await AskAsync(client.Token)).Ok();
        await EndAsync(client.Id, new(2026, 1, 31, 8, 30, 0, TimeSpan.Zero));

        var answer = (await AskAsync(client.Token)).Is(401);

        answer.Message.ShouldStartWith("Unauthorized: the API token of 'ended' expired on 31 January 2026 at 08:30 UTC.");
        Challenge(answer).ShouldBe("Bearer error=\"invalid_token\", error_description=\"The API token expired\"");
        (await ShouldBeWrittenDownAsync(answer.Message, client.Token)).ResourceId.ShouldBe(client.Id);
    }

    [Fact]
    public async Task A_token_from_a_foreign_address_is_told_the_address_and_not_the_list()
    {
        var client = await product.AddClientAsync(new { name = "elsewhere", api_privilege_group_id = RoleIds.Analyst, all_folders = true, ip_allow_list = new[] { "203.0.113.7", "2001:db8::/32" } });

        var answer = (await AskAsync(client.Token)).Is(403);

        answer.Message.ShouldStartWith("Forbidden: the API token of 'elsewhere' may not be used from 127.0.0.1.");
        answer.Everything.ShouldNotContain("203.0.113.7");
        Challenge(answer).ShouldStartWith("Bearer error=\"insufficient_scope\"");
        (await ShouldBeWrittenDownAsync(answer.Message, client.Token)).Address.ShouldBe("127.0.0.1");

        (await product.Api.ChangeAsync($"/api/developer_api_clients/{client.Id}", new { ip_allow_list = "203.0.113.7,127.0.0.0/8" })).Ok();
        (await AskAsync(client.Token)).Ok();
    }

    [Fact]
    public async Task No_token_and_other_schemes_are_asked_for_one()
    {
        using var http = product.Anonymous();
        Challenge((await http.ReadAsync(Me)).Is(401)).ShouldBe("Bearer");
        http.DefaultRequestHeaders.Add("Authorization", "Basic YTpi");
        Challenge((await http.ReadAsync(Me)).Is(401)).ShouldBe("Bearer");
        http.DefaultRequestHeaders.Remove("Authorization");
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer ");
        (await http.ReadAsync(Me)).Is(401).Message.ShouldContain("no API token behind 'Bearer'");
    }

    [Fact]
    public async Task The_last_use_is_told_to_the_minute()
    {
        var client = await product.AddClientAsync(new { name = "last use", api_privilege_group_id = RoleIds.Analyst, all_folders = true });
        (await AskAsync(client.Token)).Ok();

        await product.Services.GetRequiredService<ApiClientUse>().WriteAsync(Cancel);

        var used = (await product.Api.ReadAsync($"/api/developer_api_clients/{client.Id}")).Ok().Json["result"]!["last_used_at"]!.GetValue<DateTimeOffset>();
        used.Second.ShouldBe(0);
        used.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(2));
    }

    private static string Challenge(Answer answer) => string.Join(", ", answer.Headers.GetValues("WWW-Authenticate"));

    private async Task<string> TokenAsync(string name) => (await product.AddClientAsync(new { name, api_privilege_group_id = RoleIds.Analyst, all_folders = true })).Token;

    private async Task<Answer> AskAsync(string token)
    {
        using var http = product.With(token);
        return await http.ReadAsync(Me);
    }

    // Past the service, which takes no end that is over already; the way other nodes hear of it is another test's.
    private async Task EndAsync(int id, DateTimeOffset end)
    {
        await using var scope = product.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Set<ApiClient>().Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.ExpiresAt, end), Cancel);
        product.Services.GetRequiredService<ChangeFeed>().Announce(ApiClients.Table, id);
    }

    private async Task<AuditEntry> ShouldBeWrittenDownAsync(string reason, string token)
    {
        var entries = await product.AuditAsync(AuditEvents.TokenRefused);
        foreach (var entry in entries) $"{entry.Reason} {entry.ResourceName} {entry.ActorName} {entry.Changes}".ShouldNotContain(token[5..20]);
        return entries.Last(e => e.Reason == reason);
    }
}

public sealed class TokensOnSqlite(ProductOnSqlite product) : TokenTests(product), IClassFixture<ProductOnSqlite>;

public sealed class TokensOnPostgres(ProductOnPostgres product) : TokenTests(product), IClassFixture<ProductOnPostgres>;
