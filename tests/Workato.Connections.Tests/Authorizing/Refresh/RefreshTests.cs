using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Refresh;

/// <summary>New tokens are got once, however many want them, and nothing that works is lost on the way.</summary>
public abstract partial class RefreshTests(Workspace workspace) : TokenScene(workspace)
{
    [Fact]
    public async Task New_tokens_take_the_place_of_the_old()
    {
        var made = await ConnectedAsync();

        (await RenewAsync(made)).ShouldBeNull();

        var row = await RowAsync(made);
        (row.CredentialVersion, row.TokensExpireAt, row.RefreshHolder, row.RefreshHeldUntil).ShouldBe((made.CredentialVersion + 1, Now.AddHours(1), null, null));
        (Opened(row).AccessToken.Reveal(), Opened(row).RefreshToken!.Reveal()).ShouldBe(("at-1", "rt-1"));
        row.RefreshDueAt!.Value.ShouldBeInRange(Now, Now.AddHours(1));
    }

    [Fact]
    public async Task New_tokens_are_renewed_by_the_refresh_token_that_came_with_them()
    {
        var made = await ConnectedAsync();
        (await RenewAsync(made)).ShouldBeNull();

        (await RenewAsync(await RowAsync(made))).ShouldBeNull();

        App.Asked.Select(a => a["refresh_token"]).ShouldBe(["rt-0", "rt-1"]);
        (await TokenAsync(made)).ShouldBe("at-2");
    }

    [Fact]
    public async Task Forty_callers_in_one_process_share_one_redemption()
    {
        var made = await ConnectedAsync();
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;

        var callers = Enumerable.Range(0, 40).Select(_ => Task.Run(() => RenewAsync(made), Cancel)).ToArray();
        await gate.Reached;
        gate.Open();

        (await Task.WhenAll(callers)).ShouldAllBe(refusal => refusal == null);
        App.Asked.Count.ShouldBe(1);
        (await RowAsync(made)).CredentialVersion.ShouldBe(made.CredentialVersion + 1);
    }

    [Fact]
    public async Task Of_two_processes_one_redeems_and_the_other_takes_its_result()
    {
        var made = await ConnectedAsync();
        var looks = new Looks();
        var other = Node(looks);
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;

        var first = RenewAsync(made);
        await gate.Reached;
        var second = RenewAsync(made, other);
        // The second of its looks comes when it waits for the row to change.
        await looks.SeenAsync(2);
        second.IsCompleted.ShouldBeFalse();
        gate.Open();

        (await first).ShouldBeNull();
        (await RunClockAsync(second)).ShouldBeNull();
        App.Asked.Count.ShouldBe(1);
        (await TokenAsync(made)).ShouldBe("at-1");
    }

    [Fact]
    public async Task Whatever_two_processes_do_at_once_a_refresh_token_is_redeemed_once()
    {
        var made = await ConnectedAsync();
        var nodes = new[] { Workspace.Services, Node(), Node() };

        var callers = nodes.SelectMany(node => Enumerable.Range(0, 8).Select(_ => Task.Run(() => RenewAsync(made, node), Cancel))).ToArray();

        (await RunClockAsync(Task.WhenAll(callers), TimeSpan.FromMilliseconds(50))).ShouldAllBe(refusal => refusal == null);
        App.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_has_seen_old_credentials_only_is_given_the_newer_without_asking_the_app()
    {
        var made = await ConnectedAsync();
        await RenewAsync(made);

        (await RenewAsync(made)).ShouldBeNull();

        App.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_caller_that_goes_away_does_not_stop_what_it_began()
    {
        var made = await ConnectedAsync();
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;
        using var gone = new CancellationTokenSource();

        var caller = Refresher(Workspace.Services).RenewAsync(made.Id, made.CredentialVersion, gone.Token);
        await gate.Reached;
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => caller);
        gate.Open();

        await EventuallyAsync(async () => (await RowAsync(made)).CredentialVersion == made.CredentialVersion + 1);
        (await TokenAsync(made)).ShouldBe("at-1");
    }

    [Fact]
    public async Task A_caller_waits_only_so_long_and_the_result_counts_all_the_same()
    {
        var made = await ConnectedAsync();
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;

        var caller = RenewAsync(made);
        await gate.Reached;
        var refusal = (await RunClockAsync(caller, TimeSpan.FromSeconds(5))).ShouldNotBeNull();
        gate.Open();

        (refusal.Kind, refusal.RetryAfter).ShouldBe((RefusalKind.NotNow, TimeSpan.FromSeconds(5)));
        await EventuallyAsync(async () => (await RowAsync(made)).CredentialVersion == made.CredentialVersion + 1);
    }

    [Fact]
    public async Task Tokens_of_a_machine_are_got_again_and_not_refreshed()
    {
        var made = await ConnectedAsync(input: Input("machine", ("app_id", "machine-1"), ("app_secret", "hush")), brings: false);

        (await RenewAsync(made)).ShouldBeNull();

        App.Asked.Select(a => a["grant_type"]).ShouldBe(["client_credentials", "client_credentials"]);
        (await TokenAsync(made)).ShouldBe("at-2");
    }

    [Fact]
    public async Task Tokens_for_a_signed_assertion_are_got_by_another()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var made = await ConnectedAsync(input: Input("signed", ("mail", "robot@suite.example"), ("private_key", key.ExportPkcs8PrivateKeyPem())), brings: false);
        Workspace.Time.Advance(TimeSpan.FromMinutes(1));

        (await RenewAsync(made)).ShouldBeNull();

        App.Asked.Select(a => a["assertion"]).Distinct().Count().ShouldBe(2);
        App.Asked.ShouldAllBe(a => !a.ContainsKey("refresh_token"));
    }

    [Fact]
    public async Task A_connection_that_is_gone_is_not_found()
    {
        var made = await ConnectedAsync();
        await Workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DeleteAsync(made.Id, Cancel));

        (await RenewAsync(made)).ShouldNotBeNull().Kind.ShouldBe(RefusalKind.NotFound);
    }
}
