using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Calling;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Calling;

/// <summary>Connections are served with an access token that still lives.</summary>
public abstract class LiveConnectionsTests(Workspace workspace) : TokenScene(workspace)
{
    [Fact]
    public async Task A_token_that_is_not_due_is_served_and_nobody_is_asked()
    {
        var made = await ConnectedAsync();

        (await GetAsync(made)).Granted().CredentialVersion.ShouldBe(made.CredentialVersion);

        App.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_that_still_lives_is_served_while_a_new_one_is_got_behind_it()
    {
        var made = await ConnectedAsync();
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;
        Workspace.Time.Advance(TimeSpan.FromMinutes(55));

        (await GetAsync(made)).Granted().CredentialVersion.ShouldBe(made.CredentialVersion);
        await gate.Reached;
        (await GetAsync(made)).Granted().CredentialVersion.ShouldBe(made.CredentialVersion);
        gate.Open();

        await EventuallyAsync(async () => (await GetAsync(made)).Granted().CredentialVersion == made.CredentialVersion + 1);
        App.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_still_lives_is_served_also_when_no_new_one_can_be_got()
    {
        var made = await ConnectedAsync();
        App.Instead = TestApp.Says(503, "");
        await RenewAsync(made);
        Workspace.Time.Advance(TimeSpan.FromMinutes(55));

        (await GetAsync(made)).Granted().CredentialVersion.ShouldBe(made.CredentialVersion);
    }

    [Fact]
    public async Task For_a_token_that_has_ended_the_caller_waits_for_a_new_one()
    {
        var made = await ConnectedAsync();
        Workspace.Time.Advance(TimeSpan.FromHours(2));

        (await GetAsync(made)).Granted().CredentialVersion.ShouldBe(made.CredentialVersion + 1);
    }

    [Theory]
    [InlineData(31, 0)]
    [InlineData(29, 1)]
    public async Task Half_a_minute_before_its_end_a_token_is_not_used_any_more(int secondsBefore, int newer)
    {
        var made = await ConnectedAsync();
        var gate = new Gate();
        // Whoever is served without waiting is served before the gate opens.
        App.Meanwhile = newer == 0 ? gate.PassAsync : App.Meanwhile;
        Workspace.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(secondsBefore));

        (await GetAsync(made)).Granted().CredentialVersion.ShouldBe(made.CredentialVersion + newer);

        gate.Open();
        await EventuallyAsync(async () => (await RowAsync(made)).CredentialVersion == made.CredentialVersion + 1);
    }

    [Fact]
    public async Task A_token_that_has_ended_and_cannot_be_renewed_is_a_refusal_that_says_when_to_ask_again()
    {
        var made = await ConnectedAsync();
        App.Instead = TestApp.Says(503, "");
        Workspace.Time.Advance(TimeSpan.FromHours(2));

        var refusal = (await GetAsync(made)).Refused();

        (refusal.Kind, refusal.RetryAfter).ShouldBe((RefusalKind.NotNow, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task An_app_whose_tokens_end_at_once_is_not_asked_without_end()
    {
        var made = await ConnectedAsync(IssuingApp.First(Now, TimeSpan.FromSeconds(1)));
        App.Seconds = 1;
        App.Meanwhile = () =>
        {
            Workspace.Time.Advance(TimeSpan.FromSeconds(2));
            return Task.CompletedTask;
        };
        Workspace.Time.Advance(TimeSpan.FromMinutes(1));
        Workspace.Services.GetRequiredService<ChangeFeed>().RowChanged += Later;

        var refusal = (await GetAsync(made)).Refused();
        Workspace.Services.GetRequiredService<ChangeFeed>().RowChanged -= Later;

        refusal.Message.ShouldBe("The app issues access tokens that end at once. Ask again shortly.");
        App.Asked.Count.ShouldBe(3);

        void Later(string table, int id) => Workspace.Time.Advance(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task All_who_were_rejected_with_one_token_share_one_renewal()
    {
        var made = await ConnectedAsync();
        var rejected = (await GetAsync(made)).Granted();

        var after = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => AfterAsync(rejected), Cancel)));

        after.ShouldAllBe(a => a.IsAnswered && a.Other != null && a.Other.CredentialVersion == made.CredentialVersion + 1);
        App.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_was_rejected_with_an_older_token_gets_the_newer_without_a_renewal()
    {
        var made = await ConnectedAsync();
        var rejected = (await GetAsync(made)).Granted();
        await RenewAsync(made);

        (await AfterAsync(rejected)).Other.ShouldNotBeNull().CredentialVersion.ShouldBe(made.CredentialVersion + 1);

        App.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_second_rejection_within_a_minute_stands()
    {
        var made = await ConnectedAsync();
        var renewed = (await AfterAsync((await GetAsync(made)).Granted())).Other.ShouldNotBeNull();

        var again = await AfterAsync(renewed);

        (again.Other, again.IsAnswered, App.Asked.Count).ShouldBe((null, false, 1));
    }

    [Fact]
    public async Task A_rejection_after_which_nobody_issues_tokens_is_no_loss_yet()
    {
        var made = await ConnectedAsync();
        App.Instead = TestApp.Says(503, "");

        var after = await AfterAsync((await GetAsync(made)).Granted());

        var row = await RowAsync(made);
        (after.Other, after.IsAnswered).ShouldBe((null, true));
        (row.Status, row.Error, row.LostAt).ShouldBe((AuthorizationStatus.Exception, row.RefreshProblem, null));
    }

    [Fact]
    public async Task A_rejection_while_new_tokens_are_waited_for_keeps_the_cause_that_is_known()
    {
        var made = await ConnectedAsync();
        App.Instead = TestApp.Says(503, "");
        await RenewAsync(made);

        await AfterAsync((await GetAsync(made)).Granted());

        var row = await RowAsync(made);
        (row.Status, row.Cause).ShouldBe((AuthorizationStatus.Exception, Causes.AppDown));
        row.Evidence.ShouldNotBeNull().ShouldContain("503");
    }

    [Fact]
    public async Task That_clears_by_itself_when_tokens_are_issued_again()
    {
        var made = await ConnectedAsync();
        App.Instead = TestApp.Says(503, "");
        await AfterAsync((await GetAsync(made)).Granted());
        App.Instead = null;
        Workspace.Time.Advance(TimeSpan.FromMinutes(1));

        (await RenewAsync(made)).ShouldBeNull();

        var row = await RowAsync(made);
        (row.Status, row.Error).ShouldBe((AuthorizationStatus.Success, null));
    }

    [Fact]
    public async Task A_rejection_after_which_the_permission_is_gone_is_the_loss()
    {
        var made = await ConnectedAsync();
        App.Instead = IssuingApp.Refuses("invalid_grant");

        var after = await AfterAsync((await GetAsync(made)).Granted());

        var row = await RowAsync(made);
        (after.Other, after.IsAnswered).ShouldBe((null, true));
        (row.Status, row.LostAt).ShouldBe((AuthorizationStatus.Failed, Now));
    }

    [Fact]
    public async Task A_rejection_of_what_cannot_be_renewed_stands()
    {
        var made = await ConnectedAsync(IssuingApp.First(Now) with { RefreshToken = null });

        (await AfterAsync((await GetAsync(made)).Granted())).ShouldBe(new AfterRejection(null, IsAnswered: false));
    }

    [Fact]
    public async Task A_test_renews_what_the_app_rejects_and_asks_again()
    {
        var made = await ConnectedAsync();
        App.Api = IssuingApp.Wants("at-1");

        (await Workspace.AskAsync<ConnectionService, Result<Workato.Connections.Health.Proof>>(s => s.TestAsync(made.Id, Cancel))).Granted().Succeeded.ShouldBeTrue();

        (await RowAsync(made)).Status.ShouldBe(AuthorizationStatus.Success);
    }

    private async Task<Result<ConnectionSnapshot>> GetAsync(Connection made) => await Workspace.Services.GetRequiredService<LiveConnections>().GetAsync(made.Id, Cancel);

    private async Task<AfterRejection> AfterAsync(ConnectionSnapshot rejected) => await Workspace.Services.GetRequiredService<LiveConnections>().AfterRejectionAsync(rejected, Cancel);
}

public sealed class LiveConnectionsOnSqlite(SqliteWorkspace workspace) : LiveConnectionsTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class LiveConnectionsOnPostgres(PostgresWorkspace workspace) : LiveConnectionsTests(workspace), IClassFixture<PostgresWorkspace>;
