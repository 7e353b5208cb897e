using Workato.Connections.Authorizing.Refresh;

namespace Workato.Connections.Tests.Authorizing.Refresh;

/// <summary>How many connections are renewed ahead at once.</summary>
public sealed class RefreshSlotsTests
{
    private readonly RefreshSlots slots = new();

    [Fact]
    public void One_app_leaves_room_for_others()
    {
        Take("hangs", RefreshSlots.AtOnce).ShouldBe(RefreshSlots.PerApp);

        slots.FullApps.ShouldBe(["hangs"]);
        slots.AreFull.ShouldBeFalse();
        Take("works", 1, from: 1000).ShouldBe(1);
    }

    [Fact]
    public void There_are_only_so_many_in_all()
    {
        Enumerable.Range(0, 10).Sum(app => Take($"app {app}", RefreshSlots.PerApp, from: app * 100)).ShouldBe(RefreshSlots.AtOnce);

        slots.AreFull.ShouldBeTrue();
    }

    [Fact]
    public void A_connection_has_one_at_a_time()
    {
        Take("works", 1).ShouldBe(1);
        Take("works", 1).ShouldBe(0);
        slots.Free(0, isRenewed: true);
        Take("works", 1).ShouldBe(1);
    }

    [Fact]
    public void It_is_looked_again_when_half_of_an_app_s_are_free()
    {
        Take("works", RefreshSlots.PerApp);
        var freed = slots.Freed;

        Free(0, (RefreshSlots.PerApp / 2) - 1, isRenewed: true);
        freed.IsCompleted.ShouldBeFalse();

        Free((RefreshSlots.PerApp / 2) - 1, 1, isRenewed: true);
        freed.IsCompleted.ShouldBeTrue();
        slots.Freed.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void It_is_looked_again_when_half_of_all_are_free()
    {
        for (var id = 0; id < RefreshSlots.AtOnce; id++) slots.TryTake(id, $"app {id}");
        var freed = slots.Freed;

        Free(0, RefreshSlots.AtOnce / 2, isRenewed: true);

        freed.IsCompleted.ShouldBeTrue();
    }

    // They may be due still: looked at again at once, they would keep the processor busy.
    [Fact]
    public void What_was_not_renewed_is_no_reason_to_look_again()
    {
        Take("down", RefreshSlots.PerApp);
        var freed = slots.Freed;

        Free(0, RefreshSlots.PerApp, isRenewed: false);

        freed.IsCompleted.ShouldBeFalse();
    }

    private int Take(string app, int count, int from = 0) => Enumerable.Range(from, count).Count(id => slots.TryTake(id, app));

    private void Free(int from, int count, bool isRenewed)
    {
        foreach (var id in Enumerable.Range(from, count)) slots.Free(id, isRenewed);
    }
}
