using System.Net.Http.Headers;
using System.Text;

namespace Workato.Connections.Egress;

/// <summary>What came of a message that was posted.</summary>
/// <param name="Status">What was answered; null where no answer came.</param>
/// <param name="RetryAfter">When to come again, as the answer says.</param>
/// <param name="Failure">Why no answer came.</param>
internal readonly record struct Posted(int? Status, RetryConditionHeaderValue? RetryAfter = null, Exception? Failure = null)
{
    /// <summary>How long an answer is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public bool HasArrived => Status is >= 200 and < 300;

    public bool HasTimedOut => Failure is OperationCanceledException;

    /// <summary>The rule that forbids the way there.</summary>
    public EgressRefusedException? Refusal => EgressRefusedException.In(Failure);
}

/// <summary>Messages of our own to addresses people gave: JSON, guarded, without following redirects or reading what is answered.</summary>
internal static class JsonPost
{
    /// <summary>Posts it once. What goes wrong is a value, except where <paramref name="cancel"/> stops it.</summary>
    public static async Task<Posted> PostJsonAsync(this AppHttp http, Uri address, string json, IReadOnlyDictionary<string, string> headers, TimeProvider time, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("User-Agent", AppHttp.UserAgent);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var timeout = new CancellationTokenSource(Posted.Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            using var response = await http.Invoker.SendAsync(request, both.Token);
            return new((int)response.StatusCode, response.Headers.RetryAfter);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is OperationCanceledException or HttpRequestException or IOException)
        {
            return new(null, Failure: e);
        }
    }
}
