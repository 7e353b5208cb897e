using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Authorizing;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing;

/// <summary>Who was sent to an app is recognised when they come back: once, in the same browser, in time.</summary>
public abstract class AuthorizationAttemptsTests(Workspace workspace)
{
    private static readonly Intent Meant = new(null, new Dictionary<string, string?> { ["region"] = "eu" }, "https://here.example/oauth/callback", "verifier-1", null, false);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_comes_back_is_recognised_with_all_that_was_meant()
    {
        var state = await BegunAsync();

        var (attempt, intent) = (await UseAsync(state)).Granted();

        (attempt.Provider, intent.Verifier, intent.RedirectUri, intent.Input["region"]).ShouldBe((TestSuite.Provider, "verifier-1", "https://here.example/oauth/callback", "eu"));
    }

    [Fact]
    public async Task It_counts_once()
    {
        var state = await BegunAsync();
        (await UseAsync(state)).Granted();

        (await UseAsync(state)).Refused().Message.ShouldBe("This was used already; it counts once. Nothing was changed. Begin again.");
    }

    [Fact]
    public async Task Of_many_at_once_it_counts_for_one()
    {
        var state = await BegunAsync();

        var used = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => UseAsync(state), Cancel)));

        used.Count(u => u.Refusal is null).ShouldBe(1);
    }

    [Theory]
    [InlineData("another browser")]
    [InlineData("")]
    [InlineData(null)]
    public async Task In_another_browser_it_does_not_count_and_is_not_used_up(string? browser)
    {
        var state = await BegunAsync();

        (await UseAsync(state, browser)).Refused().Message.ShouldStartWith("This was begun in another browser, and ends only there.");

        (await UseAsync(state)).Granted();
    }

    [Theory]
    [InlineData(599, true)]
    [InlineData(600, false)]
    [InlineData(6000, false)]
    public async Task It_counts_for_ten_minutes(int seconds, bool counts)
    {
        var state = await BegunAsync();
        workspace.Time.Advance(TimeSpan.FromSeconds(seconds));

        ((await UseAsync(state)).Refusal is null).ShouldBe(counts);
    }

    [Theory]
    [InlineData("nobody's", "Nobody here asked")]
    [InlineData("", "says nothing about who asked")]
    [InlineData(null, "says nothing about who asked")]
    public async Task What_nobody_asked_for_does_not_count(string? state, string words) => (await UseAsync(state)).Refused().Message.ShouldContain(words);

    [Fact]
    public async Task The_database_holds_neither_state_nor_browser_nor_what_was_meant()
    {
        var state = await BegunAsync();

        var row = await workspace.DbAsync(db => db.Set<AuthorizationAttempt>().AsNoTracking().OrderBy(a => a.Id).LastAsync(Cancel));

        var all = System.Text.Encoding.Latin1.GetString([.. row.StateHash, .. row.BrowserHash, .. row.SealedIntent]);
        foreach (var secret in new[] { state, "browser-1", "verifier-1" }) all.ShouldNotContain(secret);
    }

    [Fact]
    public async Task What_was_meant_cannot_be_opened_for_another_state()
    {
        var (mine, other) = (await BegunAsync(), await BegunAsync());
        await workspace.DbAsync(async db =>
        {
            var rows = await db.Set<AuthorizationAttempt>().AsNoTracking().OrderByDescending(a => a.Id).Take(2).ToListAsync(Cancel);
            var (to, stolen) = (rows[1].Id, rows[0].SealedIntent);
            return await db.Set<AuthorizationAttempt>().Where(a => a.Id == to).ExecuteUpdateAsync(set => set.SetProperty(a => a.SealedIntent, stolen), Cancel);
        });

        (await UseAsync(mine)).Refused().Message.ShouldStartWith("What was meant to become of it cannot be read any more.");
        (await UseAsync(other)).Granted();
    }

    [Fact]
    public void What_was_meant_opens_neither_as_credentials_nor_as_tokens()
    {
        var protector = workspace.Services.GetRequiredService<CredentialProtector>();
        var hash = new byte[] { 1 };
        var sealedIntent = protector.SealIntent(hash, Meant);

        protector.Open<Intent>(SecretKinds.AuthorizationAttempts, "01", sealedIntent).ShouldNotBeNull();
        protector.Open<Intent>(SecretKinds.Credentials, "01", sealedIntent).ShouldBeNull();
        protector.Open<Intent>(SecretKinds.Tokens, "01", sealedIntent).ShouldBeNull();
    }

    [Fact]
    public async Task Old_ones_go_when_somebody_begins()
    {
        await BegunAsync();
        workspace.Time.Advance(TimeSpan.FromHours(2));

        await BegunAsync();

        (await workspace.DbAsync(db => db.Set<AuthorizationAttempt>().CountAsync(Cancel))).ShouldBe(1);
    }

    [Fact]
    public async Task How_it_stands_is_told_to_the_browser_that_began_it()
    {
        await BegunAsync();
        var id = await workspace.DbAsync(db => db.Set<AuthorizationAttempt>().MaxAsync(a => a.Id, Cancel));

        (await FindAsync(id, "browser-1")).ShouldNotBeNull();
        (await FindAsync(id, "another browser")).ShouldBeNull();
        (await FindAsync(id, null)).ShouldBeNull();
    }

    [Fact]
    public void No_two_states_are_the_same_and_all_fit_into_an_address()
    {
        var states = Enumerable.Range(0, 100).Select(_ => AuthorizationAttempts.NewSecret()).ToArray();

        states.Distinct().Count().ShouldBe(100);
        states.ShouldAllBe(s => s.Length == 43 && Uri.EscapeDataString(s) == s);
    }

    private Task<AuthorizationAttempt?> FindAsync(int id, string? browser) => workspace.AskAsync<AuthorizationAttempts, AuthorizationAttempt?>(a => a.FindAsync(id, browser, Cancel));

    private Task<Result<(AuthorizationAttempt Attempt, Intent Intent)>> UseAsync(string? state, string? browser = "browser-1") =>
        workspace.AskAsync<AuthorizationAttempts, Result<(AuthorizationAttempt, Intent)>>(a => a.UseAsync(state, browser, Cancel));

    private async Task<string> BegunAsync()
    {
        var state = AuthorizationAttempts.NewSecret();
        await workspace.AskAsync<AuthorizationAttempts, AuthorizationAttempt>(a => a.AddAsync(TestSuite.Provider, null, state, "browser-1", Meant, Cancel));
        return state;
    }
}

public sealed class AuthorizationAttemptsOnSqlite(SqliteWorkspace workspace) : AuthorizationAttemptsTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class AuthorizationAttemptsOnPostgres(PostgresWorkspace workspace) : AuthorizationAttemptsTests(workspace), IClassFixture<PostgresWorkspace>;
