using System.Text;
using System.Text.Json;
using Workato.Connections.Answers;
using Workato.Connections.AuthMethods;
using Workato.Connections.Calling;
using Workato.Connections.Egress;
using Workato.Connections.Recipes.Inputs;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Sends the request of a step through a connection, and reads the answer. What goes wrong is a value.</summary>
public sealed class AppCaller(LiveConnections connections, CallAnswers answers, AppHttp http, TimeProvider time)
{
    /// <summary>How long an app may take to answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(100);

    /// <summary>The longest answer a step takes, in bytes.</summary>
    public const int MaxAnswerBytes = 1024 * 1024;

    /// <summary>Asks the app once; once more with new tokens where it rejected the old ones.</summary>
    public async Task<AppReply> SendAsync(int connectionId, AppRequest wanted, CancellationToken cancel)
    {
        var found = await connections.GetAsync(connectionId, cancel);
        if (found.Refusal is { } refusal)
            return AppReply.Not(refusal.Kind == RefusalKind.NotNow ? JobErrorKind.AppInTrouble : JobErrorKind.NotConnected, refusal.Message) with { WasSent = false, RetryAfter = refusal.Kind == RefusalKind.NotNow ? refusal.RetryAfter : null };

        for (var (connection, isFirst) = (found.Value!, true); ; isFirst = false)
        {
            if (!TryAddress(connection, wanted, out var address)) return AppReply.Not(JobErrorKind.Recipe, "The path must be plain, behind the app's address and without '..'.") with { WasSent = false };
            using var activity = Telemetry.Activities.StartActivity("job.call", System.Diagnostics.ActivityKind.Client);
            activity?.SetTag("connection.id", connection.Id).SetTag("provider", connection.Connector.Provider).SetTag("server.address", address.Host);
            using var request = await RequestAsync(connection, wanted, address, cancel);
            var redaction = new Redaction(connection.Values, request);
            try
            {
                using var timeout = new CancellationTokenSource(Timeout, time);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
                using var response = await http.Invoker.SendAsync(request, both.Token);
                if (await answers.JudgeAsync(connection, response, canRepeat: isFirst, both.Token) is { } other)
                {
                    connection = other;
                    continue;
                }

                return await ReadAsync(connection, response, redaction, both.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                answers.Failed(connection);
                return AppReply.Not(JobErrorKind.AppInTrouble, $"{connection.Connector.Title} did not answer within {Timeout.TotalSeconds:0} seconds.");
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                answers.Failed(connection);
                return Unreachable(connection, address.Host, e);
            }
        }
    }

    private static bool TryAddress(ConnectionSnapshot connection, AppRequest wanted, out Uri address)
    {
        address = null!;
        var path = wanted.Path.StartsWith('/') || wanted.Path.StartsWith('?') || wanted.Path.Length == 0 ? wanted.Path : "/" + wanted.Path;
        if (Uri.UnescapeDataString(path.Split('?')[0]).Split('/', '\\').Any(s => s is "." or "..") || path.Contains('\\', StringComparison.Ordinal) || path.Contains('#', StringComparison.Ordinal)) return false;
        return Uri.TryCreate(connection.BaseUrl + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out address!)
            && Uri.TryCreate(connection.BaseUrl, UriKind.Absolute, out var home) && address.Authority == home.Authority;
    }

    private static async Task<HttpRequestMessage> RequestAsync(ConnectionSnapshot connection, AppRequest wanted, Uri address, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(wanted.Method, address);
        request.Headers.TryAddWithoutValidation("User-Agent", AppHttp.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (wanted.Body is { } body) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        await connection.Credentials.PutOnAsync(request, cancel);
        return request;
    }

    private async Task<AppReply> ReadAsync(ConnectionSnapshot connection, HttpResponseMessage response, Redaction redaction, CancellationToken cancel)
    {
        var (app, status) = (connection.Connector.Title, (int)response.StatusCode);
        var (body, isWhole) = await BodyAsync(response.Content, cancel);
        var json = Json(redaction.Clean(body)!);
        if (status is >= 200 and < 300)
        {
            if (!isWhole) return AppReply.Not(JobErrorKind.RequestRefused, $"{app} answered with more than {MaxAnswerBytes / 1024 / 1024} MB. Ask for less at a time.") with { Status = status };
            return new AppReply { Status = status, Output = json };
        }

        var said = AppAnswer.Of(json).Said(redaction);
        var kind = connection.IsRejection(status) || status == 401 ? JobErrorKind.Unauthorized : status switch
        {
            403 => JobErrorKind.Forbidden,
            429 => JobErrorKind.RateLimited,
            >= 500 => JobErrorKind.AppInTrouble,
            _ => JobErrorKind.RequestRefused,
        };
        var words = kind switch
        {
            JobErrorKind.Unauthorized => Words.Rejected(app, status, said),
            JobErrorKind.Forbidden => Words.Forbidden(app, status, said),
            JobErrorKind.RateLimited => $"{app} asks us to slow down ({Words.Name(status)}).",
            JobErrorKind.AppInTrouble => $"{app} is in trouble ({Words.Name(status)}).",
            _ when status is >= 300 and < 400 => Words.Redirected(app, response.Headers.Location is { IsAbsoluteUri: true } to ? redaction.Clean(to.Host) : null),
            _ => $"{app} refused the request ({Words.Name(status)})." + (said is null ? "" : $" {app} says: “{said.TrimEnd('.')}”."),
        };
        return AppReply.Not(kind, words) with { Status = status, Output = json, RetryAfter = RetryAfter(response) };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero,
        _ => null,
    };

    private static async Task<(string Text, bool IsWhole)> BodyAsync(HttpContent content, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        var read = await BoundedBody.ReadAsync(stream, MaxAnswerBytes, cancel);
        return (read.IsWhole ? Encoding.UTF8.GetString(read.Bytes) : "", read.IsWhole);
    }

    // What is no JSON is kept as text. Neither database keeps U+0000.
    private static JsonElement Json(string body)
    {
        body = body.Replace("\0", "", StringComparison.Ordinal).Replace("\\u0000", "", StringComparison.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(body.Length == 0 ? "{}" : body);
            return InputValues.Valid(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["body"] = body });
        }
    }

    private static AppReply Unreachable(ConnectionSnapshot connection, string host, Exception e)
    {
        if (EgressRefusedException.In(e) is { } refused) return AppReply.Not(JobErrorKind.Recipe, refused.Message + ".") with { WasSent = false };
        // Where no connection came about, nothing was sent.
        var wasSent = (e as HttpRequestException)?.HttpRequestError is not (HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError);
        return AppReply.Not(JobErrorKind.AppInTrouble, wasSent ? $"{host} broke off the answer." : $"{connection.Connector.Title} could not be reached at {host}.") with { WasSent = wasSent };
    }
}

/// <summary>What a step asks of an app.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query behind the connection's base URL.</param>
/// <param name="Body">JSON, or null.</param>
public sealed record AppRequest(HttpMethod Method, string Path, string? Body)
{
    /// <summary>Whether it comes to the same when sent twice (RFC 9110 section 9.2.2). A second DELETE finds nothing, so that its answer is another: it does not count.</summary>
    public bool IsRepeatable => Method == HttpMethod.Get || Method == HttpMethod.Head || Method == HttpMethod.Put;
}

/// <summary>What came of asking an app.</summary>
public sealed record AppReply
{
    /// <summary>The status of the answer; null where there was none.</summary>
    public int? Status { get; init; }

    /// <summary>The answer, without secrets.</summary>
    public JsonElement Output { get; init; }

    /// <summary>What went wrong; null where nothing did.</summary>
    public JobErrorKind? Error { get; init; }

    /// <summary>The same in words.</summary>
    public string? Words { get; init; }

    /// <summary>When the app wants to be asked again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the app may have got the request.</summary>
    public bool WasSent { get; init; } = true;

    internal static AppReply Not(JobErrorKind kind, string words) => new() { Error = kind, Words = words };
}
