using Workato.Connections.Benchmarks.Servers;

namespace Workato.Connections.Benchmarks.Loads;

/// <summary>
/// Calls through connections all the time, at the nodes that are up, as behind a load balancer: a call whose connection was
/// cut, with no answer at all, is made again at the other node and counted apart.
/// </summary>
/// <param name="connections">Called in turns.</param>
/// <param name="path">What is asked of the app.</param>
/// <param name="pause">How long each caller rests after a call.</param>
internal sealed class CallLoad(int[] connections, string path = "api/me", TimeSpan pause = default) : IAsyncDisposable
{
    private const int AtOnce = 8;
    private const int MaxTries = 40;

    private readonly CancellationTokenSource ending = new();
    private readonly List<CallFailure> failures = [];
    private HttpClient[] nodes = [];
    private Task[] callers = [];
    private long calls, repeated, inside;

    public long Calls => Interlocked.Read(ref calls);

    /// <summary>Cut off without an answer, and answered by the other node.</summary>
    public long Repeated => Interlocked.Read(ref repeated);

    public IReadOnlyList<CallFailure> Failures
    {
        get { lock (failures) return [.. failures]; }
    }

    /// <summary>Calls go to these from now on.</summary>
    public void Use(params ServerProcess[] up) => Volatile.Write(ref nodes, [.. up.Select(Installation.Client)]);

    /// <summary>The same, and returns when no call is on its way to another: what a load balancer does before a node is stopped.</summary>
    public async Task DrainToAsync(params ServerProcess[] up)
    {
        Use(up);
        var seen = Calls;
        // As many as were under way have come back, and then some.
        while (Calls < seen + (4 * AtOnce)) await Task.Delay(20);
        await Task.Delay(300);
    }

    public void Start() => callers = [.. Enumerable.Range(0, AtOnce).Select(i => Task.Run(() => CallAllAsync(i)))];

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(callers);
        ending.Dispose();
    }

    private async Task CallAllAsync(int number)
    {
        for (var i = number; !ending.IsCancellationRequested; i += AtOnce)
        {
            await CallAsync(connections[i % connections.Length]);
            if (pause > TimeSpan.Zero) await Task.Delay(pause);
        }
    }

    private async Task CallAsync(int connection)
    {
        var begun = DateTimeOffset.UtcNow;
        for (var tries = 1; ; tries++)
        {
            var up = Volatile.Read(ref nodes);
            try
            {
                using var answer = await up[Interlocked.Increment(ref inside) % up.Length].GetAsync(new Uri($"api/connections/{connection}/call/{path}", UriKind.Relative));
                var text = await answer.Content.ReadAsStringAsync();
                Interlocked.Increment(ref calls);
                if (!answer.IsSuccessStatusCode) Fail(new(begun, (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}"));
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException && tries < MaxTries)
            {
                if (tries == 1) Interlocked.Increment(ref repeated);
                await Task.Delay(50);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                Interlocked.Increment(ref calls);
                Fail(new(begun, 0, e.Message));
                return;
            }
        }
    }

    private void Fail(CallFailure failure)
    {
        lock (failures) failures.Add(failure);
    }
}

/// <summary>A call that did not succeed.</summary>
/// <param name="Begun">When it was made.</param>
/// <param name="Status">How it was answered; 0: not at all.</param>
/// <param name="What">In words.</param>
internal sealed record CallFailure(DateTimeOffset Begun, int Status, string What);
