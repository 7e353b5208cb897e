using System.Collections.Concurrent;
using System.Net;

namespace Workato.Connections.Egress;

/// <summary>
/// Apps that speak HTTP/1.0 close the connection behind each answer without saying so, and the pool would send the next
/// body into the closing socket. Whoever answered in HTTP/1.0 is asked on a fresh connection from then on.
/// </summary>
/// <param name="pool">Asks everybody at first.</param>
/// <param name="fresh">Asks them from then on. Another handler, so that the connection left over in the pool is never met again.</param>
internal sealed class OldHttpHandler(SocketsHttpHandler pool, SocketsHttpHandler fresh) : DelegatingHandler(pool)
{
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<string, bool> old = new();
    private readonly HttpMessageInvoker fresh = new(Unpooled(fresh));

    // Asked on every call. ConcurrentDictionary.IsEmpty takes all of its locks where the answer is yes, as it mostly is.
    private volatile bool anyOld;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (anyOld && old.ContainsKey(request.RequestUri!.Authority))
        {
            request.Headers.ConnectionClose = true;
            return await fresh.SendAsync(request, cancellationToken);
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.Version == HttpVersion.Version10 && old.Count < MaxRemembered) anyOld = old[request.RequestUri!.Authority] = true;
        return response;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) fresh.Dispose();
        base.Dispose(disposing);
    }

    // "Connection: close" tells the app; .NET itself would pool the connection unless the app's answer says so too.
    private static SocketsHttpHandler Unpooled(SocketsHttpHandler handler)
    {
        handler.PooledConnectionLifetime = TimeSpan.Zero;
        return handler;
    }
}
