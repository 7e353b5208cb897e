using Microsoft.Extensions.Time.Testing;
using Workato.Connections.Data;

namespace Workato.Connections.Tests.Data;

public sealed class SnapshotCacheTests : IDisposable
{
    // Between the two ages: old enough to be read again ahead of time, young enough to be served.
    private static readonly TimeSpan OldButGood = TimeSpan.FromSeconds(4.5);

    private readonly FakeTimeProvider time = new();
    private readonly SnapshotCache<int, string> cache;
    private int loads;

    public SnapshotCacheTests() => cache = new(time);

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

    [Fact]
    public async Task What_is_young_is_not_loaded_again()
    {
        await cache.GetAsync(1, Load("a"));

        time.Advance(TimeSpan.FromSeconds(2.9));

        (await cache.GetAsync(1, _ => throw new InvalidOperationException("Nobody may load now."))).ShouldBe("a");
    }

    [Fact]
    public async Task What_gets_old_is_served_while_it_is_loaded_again()
    {
        await cache.GetAsync(1, Load("a"));
        time.Advance(OldButGood);

        var reload = new HeldLoad();
        (await cache.GetAsync(1, reload.LoadAsync)).ShouldBe("a");
        await reload.Began;
        (await cache.GetAsync(1, Load("c"))).ShouldBe("a");

        reload.End("b");
        await ServedAsync("b");
        loads.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_loaded_ahead_lives_from_then_on()
    {
        await cache.GetAsync(1, Load("a"));
        time.Advance(OldButGood);
        await cache.GetAsync(1, _ => Task.FromResult<string?>("b"));
        await ServedAsync("b");

        time.Advance(TimeSpan.FromSeconds(2.9));

        (await cache.GetAsync(1, Load("c")), loads).ShouldBe(("b", 1));
    }

    [Fact]
    public async Task What_is_too_old_is_served_to_nobody()
    {
        await cache.GetAsync(1, Load("a"));

        time.Advance(SnapshotCache<int, string>.Lifetime);

        (await cache.GetAsync(1, Load("b"))).ShouldBe("b");
    }

    [Fact]
    public async Task Where_loading_ahead_takes_too_long_callers_load_for_themselves()
    {
        await cache.GetAsync(1, Load("a"));
        time.Advance(OldButGood);
        var reload = new HeldLoad();
        await cache.GetAsync(1, reload.LoadAsync);
        await reload.Began;

        time.Advance(SnapshotCache<int, string>.Lifetime - OldButGood);

        (await cache.GetAsync(1, Load("b"))).ShouldBe("b");
        reload.End("read earlier");
        await reload.Ended;
        (await cache.GetAsync(1, Load("c"))).ShouldBe("b");
    }

    [Fact]
    public async Task Where_loading_ahead_fails_nobody_hears_of_it_until_the_old_value_is_too_old()
    {
        await cache.GetAsync(1, Load("a"));
        time.Advance(OldButGood);
        var reload = new HeldLoad();
        await cache.GetAsync(1, reload.LoadAsync);
        await reload.Began;
        reload.Fail(new TimeoutException());
        await reload.Ended;

        (await cache.GetAsync(1, Load("b")), loads).ShouldBe(("a", 1));
        time.Advance(SnapshotCache<int, string>.Lifetime - OldButGood);
        await Should.ThrowAsync<TimeoutException>(async () => await cache.GetAsync(1, _ => Task.FromException<string?>(new TimeoutException())));
    }

    [Fact]
    public async Task A_change_announced_while_loading_ahead_is_not_lost()
    {
        await cache.GetAsync(1, Load("a"));
        time.Advance(OldButGood);
        var reload = new HeldLoad();
        await cache.GetAsync(1, reload.LoadAsync);
        await reload.Began;

        cache.Remove(1);

        (await cache.GetAsync(1, Load("after"))).ShouldBe("after");
        reload.End("before");
        await reload.Ended;
        (await cache.GetAsync(1, Load("later"))).ShouldBe("after");
    }

    [Fact]
    public async Task What_is_found_gone_while_loading_ahead_is_served_no_longer()
    {
        await cache.GetAsync(1, Load("a"));
        time.Advance(OldButGood);

        await cache.GetAsync(1, _ => Task.FromResult<string?>(null));

        await ServedAsync(null);
    }

    // Loading ahead is nobody's to wait for: asked until it shows.
    private async Task ServedAsync(string? expected)
    {
        while (await cache.GetAsync(1, _ => Task.FromResult<string?>(null)) != expected)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private Func<int, Task<string?>> Load(string? value) => _ =>
    {
        loads++;
        return Task.FromResult(value);
    };

    /// <summary>A load in the background that ends when the test says so.</summary>
    private sealed class HeldLoad
    {
        private readonly TaskCompletionSource began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<string?> ended = new();

        public Task Began => began.Task;

        public Task Ended => Task.WhenAny(ended.Task);

        public Task<string?> LoadAsync(int key)
        {
            began.SetResult();
            return ended.Task;
        }

        public void End(string? value) => ended.SetResult(value);

        public void Fail(Exception exception) => ended.SetException(exception);
    }
}
