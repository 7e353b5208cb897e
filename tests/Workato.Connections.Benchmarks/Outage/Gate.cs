using System.Collections.Concurrent;
using System.Net;
using Workato.Connections.Benchmarks.Servers;
using Yarp.ReverseProxy.Forwarder;

namespace Workato.Connections.Benchmarks.Outage;

/// <summary>
/// The address of an app, whose own process lies behind it: its socket can be closed, or it answers 503 in the app's
/// place, while the app forgets nothing. Counts who asks what; callers say in their addresses that they are.
/// </summary>
internal sealed class Gate(Uri app) : Downable
{
    /// <summary>What callers ask for.</summary>
    public const string CallersPath = "api/me?from=caller";

    private readonly ConcurrentDictionary<Asking, int> asked = new();
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });

    /// <summary>Whether it answers 503 to everything.</summary>
    public bool IsUnavailable { get; set; }

    /// <summary>How often it was asked since it was last forgotten.</summary>
    public int CountOf(Asking asking) => asked.GetValueOrDefault(asking);

    /// <summary>Counts anew.</summary>
    public void Forget() => asked.Clear();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        client.Dispose();
    }

    protected override void Add(IServiceCollection services) => services.AddLogging().AddHttpForwarder();

    protected override async Task AnswerAsync(HttpContext context)
    {
        var asking = context.Request.Path == "/oauth2/token" ? Asking.ForTokens : context.Request.QueryString.HasValue ? Asking.OfCaller : Asking.Test;
        asked.AddOrUpdate(asking, 1, (_, count) => count + 1);
        if (IsUnavailable) context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
        else await context.RequestServices.GetRequiredService<IHttpForwarder>().SendAsync(context, app.AbsoluteUri, client);
    }
}

/// <summary>What an app is asked.</summary>
internal enum Asking
{
    /// <summary>Somebody calls through a connection.</summary>
    OfCaller,

    /// <summary>The product looks whether a connection works.</summary>
    Test,

    /// <summary>The product wants new tokens.</summary>
    ForTokens,
}
