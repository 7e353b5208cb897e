using System.Net;
using Yarp.ReverseProxy.Forwarder;

namespace Workato.Connections.Benchmarks.Floors;

/// <summary>YARP's forwarder as its documentation sets it up.</summary>
internal static class Forward
{
    public static Action<WebApplication> Add(WebApplicationBuilder builder, string upstream)
    {
        builder.Services.AddHttpForwarder();
        var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(15),
        });
        var config = new ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromSeconds(100) };
        return app => app.Map("/{**path}", async (HttpContext context, IHttpForwarder forwarder) =>
        {
            await forwarder.SendAsync(context, upstream, client, config, HttpTransformer.Default);
        });
    }
}
