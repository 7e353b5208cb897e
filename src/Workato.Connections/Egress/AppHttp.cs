
namespace Workato.Connections.Egress;

/// <summary>
/// The one way out to apps: guarded, without cookies, redirects, proxies or trace headers of our own. A redirect is
/// given back to whoever asked, so that credentials never travel to another host by themselves.
/// </summary>
public sealed class AppHttp(EgressGuard guard) : IDisposable
{
    /// <summary>How we call ourselves where the caller does not say.</summary>
    public const string UserAgent = "Workato.Connections";

    /// <summary>Sends requests as they are.</summary>
    public HttpMessageInvoker Invoker { get; } = new(new OldHttpHandler(Sockets(guard), Sockets(guard)));

    /// <inheritdoc/>
    public void Dispose() => Invoker.Dispose();

    private static SocketsHttpHandler Sockets(EgressGuard guard) => new()
    {
        ConnectCallback = guard.ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = CertificateRefusedException.Check },
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = null,
        // A name that moved is noticed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };
}
