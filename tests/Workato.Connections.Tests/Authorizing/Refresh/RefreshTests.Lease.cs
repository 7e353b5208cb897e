using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Refresh;

/// <summary>The lease in the row: who may redeem, until when, and what becomes of it.</summary>
public abstract partial class RefreshTests
{
    [Fact]
    public async Task The_lease_stands_in_the_row_before_the_app_is_asked()
    {
        var made = await ConnectedAsync();
        Connection? seen = null;
        App.Meanwhile = async () => seen = await RowAsync(made);

        await RenewAsync(made);

        var number = Workspace.Services.GetRequiredService<NodeIdentity>().Number;
        (NodeIdentity.NodeOf(seen.ShouldNotBeNull().RefreshHolder.ShouldNotBeNull()), seen.RefreshHeldUntil).ShouldBe((number, Now.AddSeconds(15)));
    }

    [Fact]
    public async Task The_lease_is_moved_on_while_the_app_takes_its_time()
    {
        var made = await ConnectedAsync();
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;
        var renewing = RenewAsync(made);
        await gate.Reached;

        for (var beat = 1; beat <= 5; beat++)
        {
            Workspace.Time.Advance(TimeSpan.FromSeconds(5));
            await EventuallyAsync(async () => (await RowAsync(made)).RefreshHeldUntil == Now.AddSeconds(15));
        }

        gate.Open();
        (await renewing).ShouldBeNull();
        (await RowAsync(made)).RefreshHolder.ShouldBeNull();
    }

    [Fact]
    public async Task While_the_lease_is_moved_on_nobody_else_asks_the_app()
    {
        var made = await ConnectedAsync();
        var looks = new Looks();
        var other = Node(looks);
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;
        var renewing = RenewAsync(made);
        await gate.Reached;
        var waiting = RenewAsync(made, other);
        await looks.SeenAsync(2);

        // Twice as long as a lease that is not moved on.
        for (var beat = 1; beat <= 8; beat++)
        {
            Workspace.Time.Advance(TimeSpan.FromSeconds(5));
            await EventuallyAsync(async () => (await RowAsync(made)).RefreshHeldUntil == Now.AddSeconds(15));
        }

        App.Asked.Count.ShouldBe(1);
        gate.Open();
        (await renewing).ShouldBeNull();
        (await RunClockAsync(waiting)).ShouldBeNull();
        App.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lease_that_ended_a_moment_ago_is_respected_because_clocks_differ()
    {
        var made = await ConnectedAsync();
        await HoldAsync(made, 4242, Now.AddSeconds(-4));
        var looks = new Looks();

        var waiting = RenewAsync(made, Node(looks));
        await looks.SeenAsync(2);

        App.Asked.ShouldBeEmpty();
        (await RunClockAsync(waiting)).ShouldBeNull();
        App.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_dead_holder_is_taken_over_from_when_its_time_is_up()
    {
        var made = await ConnectedAsync();
        await HoldAsync(made, 4242, Now.AddSeconds(15));
        var until = Now.AddSeconds(15 + 5);
        DateTimeOffset? asked = null;
        App.Meanwhile = () =>
        {
            asked = Now;
            return Task.CompletedTask;
        };

        (await RunClockAsync(RenewAsync(made))).ShouldBeNull();

        asked.ShouldNotBeNull().ShouldBeGreaterThan(until);
        App.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_dead_holder_is_taken_over_by_one_of_many()
    {
        var made = await ConnectedAsync();
        await HoldAsync(made, 4242, Now.AddMinutes(-10));
        var nodes = new[] { Workspace.Services, Node(), Node() };

        var callers = nodes.Select(node => Task.Run(() => RenewAsync(made, node), Cancel)).ToArray();

        (await RunClockAsync(Task.WhenAll(callers), TimeSpan.FromMilliseconds(50))).ShouldAllBe(refusal => refusal == null);
        App.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lease_that_somebody_else_takes_in_the_same_moment_is_theirs()
    {
        var made = await ConnectedAsync();
        await HoldAsync(made, 4242, Now.AddMinutes(-10));
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;
        Task<Refusal?>? theirs = null;
        var looks = new Looks();
        var node = Node(looks, new BeforeTaking(async () =>
        {
            theirs = RenewAsync(made);
            await gate.Reached;
        }));

        var mine = RenewAsync(made, node);
        // The second of its looks comes when it did not get the lease.
        await looks.SeenAsync(2);
        gate.Open();

        (await RunClockAsync(mine)).ShouldBeNull();
        (await RunClockAsync(theirs.ShouldNotBeNull())).ShouldBeNull();
        App.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_holder_that_goes_on_in_the_moment_it_is_taken_for_dead_keeps_its_lease()
    {
        var made = await ConnectedAsync();
        await HoldAsync(made, 4242, Now.AddMinutes(-10));
        var looks = new Looks();
        var node = Node(looks, new BeforeTaking(() => HoldAsync(made, 4242, Now.AddSeconds(15))));

        var mine = RenewAsync(made, node);
        await looks.SeenAsync(2);

        App.Asked.ShouldBeEmpty();
        (await RunClockAsync(mine)).ShouldBeNull();
    }

    [Fact]
    public async Task What_a_dead_holder_took_with_it_is_told_when_the_app_refuses()
    {
        var made = await ConnectedAsync();
        await HoldAsync(made, 4242, Now.AddMinutes(-10));
        App.Instead = IssuingApp.Refuses("invalid_grant");

        await RenewAsync(made);

        (await RowAsync(made)).LostReason.ShouldNotBeNull().ShouldContain("An earlier attempt to get new tokens never got its answer");
    }

    [Fact]
    public async Task New_tokens_are_written_when_the_database_is_back()
    {
        var made = await ConnectedAsync();
        var broken = new BrokenWrites(3);

        (await RunClockAsync(RenewAsync(made, Node(broken)))).ShouldBeNull();

        (broken.Failed, App.Asked.Count).ShouldBe((3, 1));
        (await TokenAsync(made)).ShouldBe("at-1");
    }

    /// <summary>Another process has the lease, and says no more.</summary>
    protected Task<int> HoldAsync(Connection made, int node, DateTimeOffset until) => Workspace.DbAsync(db => db.Connections.Where(c => c.Id == made.Id)
        .ExecuteUpdateAsync(set => set.SetProperty(c => c.RefreshHolder, $"{node}:lease").SetProperty(c => c.RefreshHeldUntil, until), Cancel));
}
