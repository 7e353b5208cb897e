using Workato.Connections.Health;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Refresh;

/// <summary>Somebody changes the connection while new tokens are got for it.</summary>
public abstract partial class RefreshTests
{
    [Fact]
    public async Task Nothing_is_lost_where_somebody_has_connected_again_meanwhile()
    {
        var made = await ConnectedAsync();
        App.Instead = IssuingApp.Refuses("invalid_grant");
        App.Meanwhile = async () => (await ReconnectAsync(made.Id)).Granted();

        (await RenewAsync(made)).ShouldBeNull();

        await IsAsReconnectedAsync(made);
    }

    [Fact]
    public async Task New_tokens_that_come_too_late_change_nothing()
    {
        var made = await ConnectedAsync();
        App.Meanwhile = async () => (await ReconnectAsync(made.Id)).Granted();

        (await RenewAsync(made)).ShouldBeNull();

        await IsAsReconnectedAsync(made);
    }

    [Fact]
    public async Task An_app_in_trouble_does_not_hold_back_credentials_that_came_meanwhile()
    {
        var made = await ConnectedAsync();
        App.Instead = TestApp.Says(503, "");
        App.Meanwhile = async () => (await ReconnectAsync(made.Id)).Granted();

        (await RenewAsync(made)).ShouldBeNull();

        await IsAsReconnectedAsync(made);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_is_disconnected_meanwhile_stays_disconnected(bool refused)
    {
        var made = await ConnectedAsync();
        if (refused) App.Instead = IssuingApp.Refuses("invalid_grant");
        App.Meanwhile = () => Workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DisconnectAsync(made.Id, force: false, Cancel));

        await RenewAsync(made);

        var row = await RowAsync(made);
        (row.SealedTokens, row.Status, row.LostAt, row.RefreshDueAt, row.TokensExpireAt, row.RefreshProblem).ShouldBe((null, null, null, null, null, null));
        (row.RefreshHolder, row.RefreshHeldUntil).ShouldBe((null, null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_is_deleted_meanwhile_stays_deleted(bool refused)
    {
        var made = await ConnectedAsync();
        if (refused) App.Instead = IssuingApp.Refuses("invalid_grant");
        App.Meanwhile = () => Workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DeleteAsync(made.Id, Cancel));

        await Should.NotThrowAsync(() => RenewAsync(made));

        (await Workspace.RowAsync(made.Id)).ShouldBeNull();
    }

    // While a person's new credentials are proved, which may take the app half a minute, the old ones may fail to renew.
    [Fact]
    public async Task Who_connects_again_is_not_told_of_what_became_of_the_old_tokens_meanwhile()
    {
        var made = await ConnectedAsync();
        App.Instead = IssuingApp.Refuses("invalid_grant");
        DuringTheTest(async () => (await RenewAsync(made)).ShouldNotBeNull().Kind.ShouldBe(RefusalKind.NotConnected));

        (await ReconnectAsync(made.Id)).Granted();

        await IsAsReconnectedAsync(made);
    }

    [Fact]
    public async Task Who_connects_again_is_not_held_up_by_a_lease_on_the_old_tokens()
    {
        var made = await ConnectedAsync();
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;
        Task<Refusal?>? renewing = null;
        DuringTheTest(async () =>
        {
            renewing = RenewAsync(made);
            await gate.Reached;
        });

        (await ReconnectAsync(made.Id)).Granted();
        gate.Open();
        await renewing.ShouldNotBeNull();

        await IsAsReconnectedAsync(made);
    }

    [Fact]
    public async Task Who_disconnects_leaves_no_lease_behind()
    {
        var made = await ConnectedAsync();
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;
        Task<Refusal?>? renewing = null;
        var node = Node(new BeforeSaving(async () =>
        {
            renewing = RenewAsync(made);
            await gate.Reached;
        }));

        (await Workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DisconnectAsync(made.Id, force: false, Cancel), node)).Granted();
        gate.Open();
        await renewing.ShouldNotBeNull();

        var row = await RowAsync(made);
        (row.SealedTokens, row.RefreshHolder, row.RefreshHeldUntil, row.RefreshFailures).ShouldBe((null, null, null, 0));
    }

    [Fact]
    public async Task A_connection_can_be_renamed_while_it_gets_new_tokens()
    {
        var made = await ConnectedAsync();
        var node = Node(new BeforeSaving(async () => (await RenewAsync(made)).ShouldBeNull()));

        (await Workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.UpdateAsync(made.Id, new() { Name = "Renamed" }, Cancel), node)).Granted().Name.ShouldBe("Renamed");

        (await RowAsync(made)).Name.ShouldBe("Renamed");
        (await TokenAsync(made)).ShouldBe("at-1");
    }

    [Fact]
    public async Task A_connection_can_be_tested_while_it_gets_new_tokens()
    {
        var made = await ConnectedAsync();
        DuringTheTest(async () => (await RenewAsync(made)).ShouldBeNull());

        (await Workspace.AskAsync<ConnectionService, Result<Proof>>(s => s.TestAsync(made.Id, Cancel))).Granted().Succeeded.ShouldBeTrue();

        var row = await RowAsync(made);
        (row.Status, row.TestedAt).ShouldBe((AuthorizationStatus.Success, Now));
        (await TokenAsync(made)).ShouldBe("at-1");
    }

    private void DuringTheTest(Func<Task> act)
    {
        var (answer, done) = (App.Api, 0);
        App.Api = async context =>
        {
            if (Interlocked.Exchange(ref done, 1) == 0) await act();
            await answer(context);
        };
    }

    private async Task IsAsReconnectedAsync(Connection made)
    {
        var row = await RowAsync(made);
        (row.CredentialVersion, Opened(row).AccessToken.Reveal()).ShouldBe((made.CredentialVersion + 1, "at-again"));
        (row.Status, row.Error, row.LostAt, row.LostReason).ShouldBe((AuthorizationStatus.Success, null, null, null));
        (row.RefreshHolder, row.RefreshHeldUntil, row.RefreshFailures, row.RefreshProblem, row.RefreshDueAt is not null).ShouldBe((null, null, 0, null, true));
    }
}
