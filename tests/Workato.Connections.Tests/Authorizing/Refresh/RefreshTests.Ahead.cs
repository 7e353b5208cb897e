using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Workato.Connections.Authorizing.Refresh;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Refresh;

/// <summary>New tokens are got ahead of the end of the old ones, whether anybody uses the connection or not.</summary>
public abstract partial class RefreshTests
{
    [Fact]
    public async Task What_is_due_is_renewed_before_it_ends()
    {
        var made = await ConnectedAsync();
        Workspace.Time.Advance(made.RefreshDueAt!.Value - Now);

        (await RenewDueAsync()).ShouldBe(1);

        Now.ShouldBeLessThan(made.TokensExpireAt!.Value);
        (await TokenAsync(made)).ShouldBe("at-1");
    }

    [Fact]
    public async Task What_is_not_due_is_left_alone()
    {
        var made = await ConnectedAsync();
        Workspace.Time.Advance(made.RefreshDueAt!.Value - Now - TimeSpan.FromSeconds(1));

        (await RenewDueAsync()).ShouldBe(0);

        App.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_failed_is_tried_again_when_its_wait_is_over()
    {
        var made = await ConnectedAsync();
        App.Instead = TestApp.Says(503, "");
        await RenewAsync(made);
        App.Instead = null;
        (await RenewDueAsync()).ShouldBe(0);
        Workspace.Time.Advance(FirstWait);

        (await RenewDueAsync()).ShouldBe(1);

        (await TokenAsync(made)).ShouldBe("at-1");
    }

    [Fact]
    public async Task What_is_lost_is_not_tried_again()
    {
        var made = await ConnectedAsync();
        App.Instead = IssuingApp.Refuses("invalid_grant");
        await RenewAsync(made);
        Workspace.Time.Advance(TimeSpan.FromDays(1));

        (await RenewDueAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task What_another_process_is_at_is_left_to_it()
    {
        var made = await ConnectedAsync();
        Workspace.Time.Advance(TimeSpan.FromHours(2));
        await HoldAsync(made, 4242, Now.AddSeconds(15));

        (await RenewDueAsync()).ShouldBe(0);
    }

    // Two hundred of these would keep everything else from being renewed, and the processor busy.
    [Fact]
    public async Task What_cannot_be_read_is_not_looked_at_all_the_time()
    {
        var made = await ConnectedAsync();
        await Workspace.DbAsync(db => db.Connections.Where(c => c.Id == made.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedTokens, new byte[] { 1, 2, 3 }), Cancel));
        Workspace.Time.Advance(TimeSpan.FromHours(2));

        (await RenewDueAsync()).ShouldBe(1);

        (await RenewDueAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task What_can_be_read_again_is_renewed_by_itself()
    {
        var made = await ConnectedAsync();
        var sealedTokens = (await RowAsync(made)).SealedTokens;
        await Workspace.DbAsync(db => db.Connections.Where(c => c.Id == made.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedTokens, new byte[] { 1, 2, 3 }), Cancel));
        Workspace.Time.Advance(TimeSpan.FromHours(2));
        await RenewDueAsync();
        await Workspace.DbAsync(db => db.Connections.Where(c => c.Id == made.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedTokens, sealedTokens), Cancel));
        Workspace.Time.Advance(TimeSpan.FromHours(1));

        await RenewDueAsync();

        (await TokenAsync(made)).ShouldBe("at-1");
    }

    [Fact]
    public async Task A_process_that_stops_waits_for_the_tokens_that_are_on_their_way()
    {
        var made = await ConnectedAsync();
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;
        var node = Node();
        _ = RenewAsync(made, node);
        await gate.Reached;

        var stopping = Ahead(node).StopAsync(Cancel);
        stopping.IsCompleted.ShouldBeFalse();
        gate.Open();
        await stopping;

        (await TokenAsync(made)).ShouldBe("at-1");
    }

    [Fact]
    public async Task A_process_that_must_go_does_not_wait_for_ever()
    {
        var made = await ConnectedAsync();
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;
        var node = Node();
        var renewing = RenewAsync(made, node);
        await gate.Reached;
        using var atOnce = new CancellationTokenSource();

        var stopping = Ahead(node).StopAsync(atOnce.Token);
        await atOnce.CancelAsync();

        await Should.NotThrowAsync(() => stopping.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        gate.Open();
        await renewing;
    }

    /// <summary>Renews what is due and waits for it; how many there were.</summary>
    private async Task<int> RenewDueAsync() => await EndedAsync(await Ahead().BeginDueAsync(Cancel)).WaitAsync(TimeSpan.FromSeconds(60), Cancel);

    private static async Task<int> EndedAsync(IReadOnlyList<Task> begun)
    {
        await Task.WhenAll(begun);
        return begun.Count;
    }

    private RefreshAhead Ahead(IServiceProvider? node = null) => (node ?? Workspace.Services).GetServices<IHostedService>().OfType<RefreshAhead>().Single();
}
