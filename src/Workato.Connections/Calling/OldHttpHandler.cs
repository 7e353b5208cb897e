using System.Collections.Concurrent;
using System.Net;

namespace Workato.Connections.Calling;

/// <summary>
/// Apps that speak HTTP/1.0 close the connection behind each answer without saying so, and the pool below would send the
/// next body into the closing socket. Whoever answered in HTTP/1.0 is asked on a fresh connection from then on.
/// </summary>
internal sealed class OldHttpHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<string, bool> old = new();

    // Asked on every call. ConcurrentDictionary.IsEmpty takes all of its locks where the answer is yes, as it mostly is.
    private volatile bool anyOld;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (anyOld && old.ContainsKey(request.RequestUri!.Authority)) request.Headers.ConnectionClose = true;
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Version == HttpVersion.Version10 && old.Count < MaxRemembered) anyOld = old[request.RequestUri!.Authority] = true;
        return response;
    }
}
