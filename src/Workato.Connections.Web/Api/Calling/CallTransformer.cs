using Workato.Connections.Calling;
using Workato.Connections.Egress;
using Yarp.ReverseProxy.Forwarder;

namespace Workato.Connections.Web.Api.Calling;

/// <summary>What is left out and put on, on the way to the app and back.</summary>
internal sealed class CallTransformer(AnswerJudge judge, SecondLook secondLook) : HttpTransformer
{
    /// <summary>Says that an answer is the app's own and not ours.</summary>
    public const string AnsweredBy = "X-Answered-By";

    // Ours, or about our network: none of the app's business. Hop-by-hop headers are dropped by the forwarder itself.
    private static readonly string[] NotForTheApp =
        ["Authorization", "Cookie", "Forwarded", "X-Real-IP", "Via", "traceparent", "tracestate", "baggage"];

    private const string ForwardedPrefix = "X-Forwarded-";

    // The app speaks for its own origin, not for ours.
    private static readonly string[] NotForTheCaller = ["Set-Cookie", "Strict-Transport-Security", "Clear-Site-Data", "Alt-Svc", "Public-Key-Pins"];

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var call = httpContext.Features.Get<Call>()!;
        foreach (var name in NotForTheApp.Concat(OnlyForThisHop(httpContext.Request)).Concat(proxyRequest.Headers.NonValidated.Select(h => h.Key).Where(IsForwarded).ToArray())) proxyRequest.Headers.Remove(name);
        proxyRequest.Headers.Host = null;
        if (!proxyRequest.Headers.Contains("User-Agent")) proxyRequest.Headers.TryAddWithoutValidation("User-Agent", AppHttp.UserAgent);

        proxyRequest.RequestUri = new(destinationPrefix + call.Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        await call.Connection.Credentials.PutOnAsync(httpContext, proxyRequest, cancellationToken);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (!await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken)) return false;
        if (proxyResponse is null) return true;

        var headers = httpContext.Response.Headers;
        foreach (var name in NotForTheCaller) headers.Remove(name);
        headers[AnsweredBy] = "app";
        headers.XContentTypeOptions = "nosniff";
        var (connection, status) = (httpContext.Features.Get<Call>()!.Connection, (int)proxyResponse.StatusCode);
        // Signed with the wrong time: that says nothing about the connection, and the next call has the right one.
        if (connection.Credentials.LearnFrom(proxyResponse)) return true;
        await judge.JudgeAsync(connection, status);
        await secondLook.AfterAsync(connection, status);
        return true;
    }

    // RFC 9110 section 7.6.1: what the Connection header names goes no further.
    private static IEnumerable<string> OnlyForThisHop(HttpRequest request) =>
        request.Headers.Connection.SelectMany(c => c?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []);

    private static bool IsForwarded(string header) => header.StartsWith(ForwardedPrefix, StringComparison.OrdinalIgnoreCase);
}
