using System.Collections.Frozen;
using System.Net.Http.Headers;
using Workato.Connections.Egress;
using Yarp.ReverseProxy.Forwarder;

namespace Workato.Connections.Web.Api.Calling;

/// <summary>What is left out and put on, on the way to the app and back.</summary>
internal sealed class CallTransformer(CallAnswers answers) : HttpTransformer
{
    /// <summary>Says that an answer is the app's own and not ours.</summary>
    public const string AnsweredBy = "X-Answered-By";

    // Ours, or about our network: none of the app's business. Hop-by-hop headers are dropped by the forwarder itself.
    private static readonly FrozenSet<string> NotForTheApp = FrozenSet.ToFrozenSet(
        ["Authorization", "Cookie", "Forwarded", "X-Real-IP", "Via", "traceparent", "tracestate", "baggage"], StringComparer.OrdinalIgnoreCase);

    private const string ForwardedPrefix = "X-Forwarded-";

    // The app speaks for its own origin, not for ours.
    private static readonly string[] NotForTheCaller = ["Set-Cookie", "Strict-Transport-Security", "Clear-Site-Data", "Alt-Svc", "Public-Key-Pins"];

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var call = httpContext.Features.Get<Call>()!;
        foreach (var name in NotForTheAppIn(proxyRequest.Headers)) proxyRequest.Headers.Remove(name);
        foreach (var name in OnlyForThisHop(httpContext.Request)) proxyRequest.Headers.Remove(name);
        proxyRequest.Headers.Host = null;
        if (!proxyRequest.Headers.Contains("User-Agent")) proxyRequest.Headers.TryAddWithoutValidation("User-Agent", AppHttp.UserAgent);

        proxyRequest.RequestUri = new(destinationPrefix + call.Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        await call.Connection.Credentials.PutOnAsync(httpContext, proxyRequest, cancellationToken);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null) return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (!await JudgeAsync(httpContext.Features.Get<Call>()!, proxyResponse, cancellationToken)) return false;
        if (!await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken)) return false;

        var headers = httpContext.Response.Headers;
        foreach (var name in NotForTheCaller) headers.Remove(name);
        headers[AnsweredBy] = "app";
        headers.XContentTypeOptions = "nosniff";
        return true;
    }

    // What the answer means for the connection, before the caller sees it; false where the call is to be sent again.
    private async ValueTask<bool> JudgeAsync(Call call, HttpResponseMessage answer, CancellationToken cancel)
    {
        call.Again = await answers.JudgeAsync(call.Connection, answer, call.CanRepeat, cancel);
        return call.Again is null;
    }

    private static List<string> NotForTheAppIn(HttpRequestHeaders headers)
    {
        var found = new List<string>();
        foreach (var (name, _) in headers.NonValidated)
        {
            if (NotForTheApp.Contains(name) || name.StartsWith(ForwardedPrefix, StringComparison.OrdinalIgnoreCase)) found.Add(name);
        }

        return found;
    }

    // RFC 9110 section 7.6.1: what the Connection header names goes no further.
    private static IEnumerable<string> OnlyForThisHop(HttpRequest request) =>
        request.Headers.Connection.SelectMany(c => c?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []);
}
