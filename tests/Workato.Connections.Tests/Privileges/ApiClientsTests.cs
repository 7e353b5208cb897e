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

        (await workspace.AskAsync<ApiClients, bool>(c => c.DeleteAsync(client.Id, Cancel))).ShouldBeTrue();

        (await ListAsync()).ShouldNotContain(c => c.Id == client.Id);
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

    private Task<List<ApiClient>> ListAsync() => workspace.AskAsync<ApiClients, List<ApiClient>>(c => c.ListAsync(Cancel));

    private Task BootstrapAsync(string token) => workspace.AskAsync<ApiClients, bool>(async c =>
    {
        await c.BootstrapAsync(new(token), Cancel);
        return true;
    });
}

public sealed class ApiClientsOnSqlite(SqliteWorkspace workspace) : ApiClientsTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class ApiClientsOnPostgres(PostgresWorkspace workspace) : ApiClientsTests(workspace), IClassFixture<PostgresWorkspace>;
