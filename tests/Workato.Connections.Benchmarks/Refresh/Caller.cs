using System.Diagnostics;
using System.Globalization;

namespace Workato.Connections.Benchmarks.Refresh;

/// <summary>How a call ended.</summary>
internal enum Fate
{
    /// <summary>It was not over when the time was.</summary>
    Waiting,

    /// <summary>The app's answer came.</summary>
    Served,

    /// <summary>The product said no, for good.</summary>
    Refused,
}

/// <summary>Calls the app through the connection, as a client that was written with care: it comes back when told to, and when it was cut off.</summary>
internal sealed class Caller(NodeGroup group, int connection, int number)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public Fate Fate { get; private set; }

    /// <summary>Told to come back (503 with Retry-After).</summary>
    public int ToldToComeBack { get; private set; }

    /// <summary>Cut off in the middle, because the process was killed.</summary>
    public bool WasCutOff { get; private set; }

    public TimeSpan Took { get; private set; }

    /// <summary>What was said to it where it was not served.</summary>
    public string? LastWord { get; private set; }

    public async Task CallAsync()
    {
        var clock = Stopwatch.StartNew();
        for (var node = number; Fate == Fate.Waiting && clock.Elapsed < Patience;)
        {
            try
            {
                using var answer = await group.Client(node).GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"api/connections/{connection}/call/api/me"), UriKind.Relative));
                await Task.Delay(await ReadAsync(answer));
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // Where the process is gone, another one is asked.
                (WasCutOff, LastWord) = (true, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1));
                node++;
            }
            catch (OperationCanceledException)
            {
                LastWord = "No answer for minutes.";
            }
        }

        Took = clock.Elapsed;
    }

    // How long to wait before the next try.
    private async Task<TimeSpan> ReadAsync(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode)
        {
            (Fate, LastWord) = (Fate.Served, null);
            return TimeSpan.Zero;
        }

        LastWord = $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        if (answer is { StatusCode: System.Net.HttpStatusCode.ServiceUnavailable, Headers.RetryAfter.Delta: { } after })
        {
            ToldToComeBack++;
            return after;
        }

        Fate = Fate.Refused;
        return TimeSpan.Zero;
    }
}
