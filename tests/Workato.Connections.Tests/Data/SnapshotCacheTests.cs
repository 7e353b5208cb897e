using Workato.Connections.Data;

namespace Workato.Connections.Tests.Data;

public sealed class SnapshotCacheTests : IDisposable
{
    private readonly SnapshotCache<int, string> cache = new();
    private int loads;

    public void Dispose() => cache.Dispose();

    [Fact]
    public async Task What_was_loaded_is_served_again_without_loading()
    {
        await cache.GetAsync(1, Load("a"));

        (await cache.GetAsync(1, Load("b"))).ShouldBe("a");
        loads.ShouldBe(1);
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_one_load()
    {
        var loading = new TaskCompletionSource<string?>();

        var (first, second) = (cache.GetAsync(1, _ => loading.Task).AsTask(), cache.GetAsync(1, Load("other")).AsTask());
        loading.SetResult("a");

        (await first, await second, loads).ShouldBe(("a", "a", 0));
    }

    [Fact]
    public async Task What_was_removed_is_loaded_anew()
    {
        await cache.GetAsync(1, Load("a"));

        cache.Remove(1);

        (await cache.GetAsync(1, Load("b"))).ShouldBe("b");
    }

    [Fact]
    public async Task After_a_loss_everything_is_loaded_anew()
    {
        await cache.GetAsync(1, Load("a"));
        await cache.GetAsync(2, Load("a"));

        cache.Clear();

        (await cache.GetAsync(1, Load("b")), await cache.GetAsync(2, Load("b"))).ShouldBe(("b", "b"));
    }

    [Fact]
    public async Task A_change_announced_during_a_load_is_not_lost()
    {
        var loading = new TaskCompletionSource<string?>();
        var early = cache.GetAsync(1, _ => loading.Task).AsTask();

        cache.Remove(1);
        loading.SetResult("from before the change");
        await early;

        (await cache.GetAsync(1, Load("from after the change"))).ShouldBe("from after the change");
    }

    [Fact]
    public async Task Who_asks_after_a_change_does_not_wait_for_the_load_from_before_it()
    {
        var loading = new TaskCompletionSource<string?>();
        var early = cache.GetAsync(1, _ => loading.Task).AsTask();

        cache.Remove(1);

        (await cache.GetAsync(1, Load("after"))).ShouldBe("after");
        loading.SetResult("before");
        (await early).ShouldBe("before");
        (await cache.GetAsync(1, Load("later"))).ShouldBe("after");
    }

    [Fact]
    public async Task Nothing_is_not_remembered()
    {
        await cache.GetAsync(1, Load(null));

        (await cache.GetAsync(1, Load("a"))).ShouldBe("a");
    }

    [Fact]
    public async Task A_failed_load_is_not_remembered()
    {
        await Should.ThrowAsync<TimeoutException>(async () => await cache.GetAsync(1, _ => Task.FromException<string?>(new TimeoutException())));

        (await cache.GetAsync(1, Load("a"))).ShouldBe("a");
    }

    private Func<int, Task<string?>> Load(string? value) => _ =>
    {
        loads++;
        return Task.FromResult(value);
    };
}
