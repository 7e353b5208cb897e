using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Privileges;

public abstract class ApiClientsTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_client_is_kept_with_a_hash_and_the_ending_of_its_token()
    {
        var (client, token) = (await CreateAsync("reports")).Granted();

        var kept = (await ListAsync()).Single(c => c.Id == client.Id);
        kept.TokenHash.ShouldBe(Token.Hash(token.Reveal()));
        kept.TokenEnding.ShouldBe(token.Reveal()[^4..]);
    }

    [Theory]
    [InlineData(null, "can't be blank")]
    [InlineData(" ", "can't be blank")]
    [InlineData("a\0b", "must not contain the character U+0000")]
    public async Task A_bad_name_is_refused(string? name, string problem) => (await CreateAsync(name)).RefusedField("name").ShouldBe(problem);

    [Fact]
    public async Task A_name_that_is_too_long_is_refused() => (await CreateAsync(new('x', 101))).RefusedField("name").ShouldBe("is too long (maximum is 100 characters)");

    [Fact]
    public async Task A_name_is_taken_only_once()
    {
        await CreateAsync("once");

        (await CreateAsync(" once ")).RefusedField("name").ShouldBe("has already been taken");
    }

    [Fact]
    public async Task Of_two_who_take_a_name_at_once_exactly_one_gets_it()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => CreateAsync("race"), Cancel)));

        made.Count(m => m.Refusal is null).ShouldBe(1);
        (await ListAsync()).Count(c => c.Name == "race").ShouldBe(1);
    }

    [Fact]
    public async Task A_deleted_client_is_gone()
    {
        var client = (await CreateAsync("short-lived")).Granted().Client;

        (await workspace.AskAsync<ApiClients, Result<bool>>(c => c.DeleteAsync(client.Id, Cancel))).Granted();

        (await ListAsync()).ShouldNotContain(c => c.Id == client.Id);
        (await workspace.AskAsync<ApiClients, Result<bool>>(c => c.DeleteAsync(client.Id, Cancel))).Refused().Kind.ShouldBe(RefusalKind.NotFound);
        (await workspace.AuditAsync(AuditEvents.ApiClientDeleted, client.Id)).ShouldHaveSingleItem().Changes.ShouldBe("""{"name":["short-lived",null],"role":["Owner",null],"projects":["all",null]}""");
    }

    [Fact]
    public async Task A_change_is_written_down_with_before_and_after_and_without_the_token()
    {
        var ending = workspace.Time.GetUtcNow().AddDays(30);
        var (client, token) = (await CreateAsync("changing")).Granted();

        (await UpdateAsync(client.Id, new() { Grant = new(RoleIds.Analyst, ProjectIds: [1]), AllowedNetworks = ["10.1.2.3/8", "192.0.2.10", "10.0.0.0/8"], Ending = new(ending) })).Granted();

        var kept = (await ListAsync()).Single(c => c.Id == client.Id);
        (kept.Name, kept.Role.Name, kept.AllProjects, kept.ExpiresAt).ShouldBe(("changing", "Analyst", false, ending));
        kept.AllowedNetworks.ShouldBe(["10.0.0.0/8", "192.0.2.10/32"]);
        kept.TokenHash.ShouldBe(Token.Hash(token.Reveal()));
        (await workspace.AuditAsync(AuditEvents.ApiClientUpdated, client.Id)).ShouldHaveSingleItem().Changes.ShouldBe(
            $$"""{"role":["Owner","Analyst"],"projects":["all","1"],"ip_allow_list":[null,"10.0.0.0/8, 192.0.2.10/32"],"expires_at":[null,"{{ending:O}}"]}""");
    }

    [Fact]
    public async Task What_is_left_out_of_a_change_stays_and_an_end_can_be_taken_back()
    {
        var client = (await workspace.AskAsync<ApiClients, Result<(ApiClient Client, Secret Token)>>(c => c.CreateAsync(
            new ApiClientDraft { Name = "ending", Grant = new(RoleIds.Analyst, ProjectIds: [1]), AllowedNetworks = ["10.0.0.0/8"], Ending = new(workspace.Time.GetUtcNow().AddDays(1)) }, Cancel))).Granted().Client;

        var renamed = (await UpdateAsync(client.Id, new() { Name = "renamed" })).Granted();
        (renamed.Name, renamed.Role.Name, renamed.AllProjects, renamed.ExpiresAt is null).ShouldBe(("renamed", "Analyst", false, false));
        renamed.AllowedNetworks.ShouldBe(["10.0.0.0/8"]);
        (await UpdateAsync(client.Id, new() { Ending = new(null), AllowedNetworks = [] })).Granted().ExpiresAt.ShouldBeNull();
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_client_is_said_at_once()
    {
        var refused = (await workspace.AskAsync<ApiClients, Result<(ApiClient, Secret)>>(c => c.CreateAsync(
            new ApiClientDraft { Grant = new(99, ProjectIds: [99]), AllowedNetworks = ["10.0.0.0/8", "home"], Ending = new(workspace.Time.GetUtcNow()) }, Cancel))).Refused();

        refused.Errors.Keys.ShouldBe(["name", "role_id", "project_ids", "ip_allow_list", "expires_at"], ignoreOrder: true);
        refused.Errors["ip_allow_list"].ShouldBe(["'home' is neither an address such as 192.0.2.10 nor a network such as 10.0.0.0/8"]);
        refused.Errors["expires_at"].ShouldBe(["must be in the future"]);
    }

    [Fact]
    public async Task A_new_token_takes_the_place_of_the_old_one()
    {
        var (client, old) = (await CreateAsync("regenerated")).Granted();
        workspace.Time.Advance(TimeSpan.FromHours(1));

        var (_, token) = (await workspace.AskAsync<ApiClients, Result<(ApiClient Client, Secret Token)>>(c => c.RegenerateAsync(client.Id, Cancel))).Granted();

        token.Reveal().ShouldNotBe(old.Reveal());
        var kept = (await ListAsync()).Single(c => c.Id == client.Id);
        (kept.TokenEnding, kept.TokenMadeAt).ShouldBe((token.Reveal()[^4..], workspace.Time.GetUtcNow()));
        kept.TokenHash.ShouldBe(Token.Hash(token.Reveal()));
        (await workspace.AuditAsync(AuditEvents.ApiClientTokenMade, client.Id)).ShouldHaveSingleItem().Changes.ShouldBeNull();
    }

    [Fact]
    public async Task When_it_was_last_used_is_kept_to_the_minute()
    {
        var client = (await CreateAsync("used")).Granted().Client;
        var use = workspace.Services.GetRequiredService<ApiClientUse>();
        var minute = workspace.Time.GetUtcNow();
        workspace.Time.Advance(TimeSpan.FromSeconds(42));

        use.Note(client.Id);
        (await ListAsync()).Single(c => c.Id == client.Id).UsedAt.ShouldBeNull();
        await use.WriteAsync(Cancel);
        (await ListAsync()).Single(c => c.Id == client.Id).UsedAt.ShouldBe(minute);

        workspace.Time.Advance(TimeSpan.FromMinutes(1));
        use.Note(client.Id);
        use.Note(987654);
        await use.WriteAsync(Cancel);
        (await ListAsync()).Single(c => c.Id == client.Id).UsedAt.ShouldBe(minute.AddMinutes(1));
    }

    [Fact]
    public async Task The_bootstrap_client_is_made_once_and_takes_over_a_changed_token()
    {
        await BootstrapAsync(new string('a', 32));
        await BootstrapAsync(new string('a', 32));
        await BootstrapAsync(new string('b', 32));

        (await ListAsync()).Single(c => c.Name == "bootstrap").TokenHash.ShouldBe(Token.Hash(new string('b', 32)));
    }

    [Fact]
    public async Task A_bootstrap_token_that_is_too_short_refuses_the_start_with_how_to_make_one() =>
        (await Should.ThrowAsync<StartRefusedException>(() => BootstrapAsync(new string('a', 31)))).Message
            .ShouldBe("Bootstrap__ApiToken must have 32 or more characters. Make one with: openssl rand -hex 32");

    [Fact]
    public async Task A_bootstrap_token_another_client_has_refuses_the_start()
    {
        var (_, token) = (await CreateAsync("first")).Granted();

        await Should.ThrowAsync<StartRefusedException>(() => BootstrapAsync(token.Reveal()));
    }

    private Task<Result<(ApiClient Client, Secret Token)>> CreateAsync(string? name) =>
        workspace.AskAsync<ApiClients, Result<(ApiClient Client, Secret Token)>>(c => c.CreateAsync(name, Cancel));

    private Task<Result<ApiClient>> UpdateAsync(int id, ApiClientDraft draft) => workspace.AskAsync<ApiClients, Result<ApiClient>>(c => c.UpdateAsync(id, draft, Cancel));

    private Task<List<ApiClient>> ListAsync() => workspace.AskAsync<ApiClients, List<ApiClient>>(c => c.ListAsync(Cancel));

    private Task BootstrapAsync(string token) => workspace.AskAsync<BootstrapClient, bool>(async c =>
    {
        await c.KeepAsync(new(token), Cancel);
        return true;
    });
}

public sealed class ApiClientsOnSqlite(SqliteWorkspace workspace) : ApiClientsTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class ApiClientsOnPostgres(PostgresWorkspace workspace) : ApiClientsTests(workspace), IClassFixture<PostgresWorkspace>;
