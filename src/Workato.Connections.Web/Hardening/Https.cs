using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.HttpOverrides;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Hardening;

/// <summary>
/// Who comes by http is sent to https, in production with a public address of https. Only where it is certain that they came
/// by http: behind a proxy that holds the certificate and was not named, everybody seems to, and would be sent round in circles.
/// </summary>
internal static class Https
{
    // Asked by load balancers, often inside and by http.
    private static readonly PathString[] Health = ["/health/live", "/health/ready"];

    // What a proxy adds; one that did and was not believed may have been reached by https.
    private static readonly string[] Proxied =
        [ForwardedHeadersDefaults.XForwardedForHeaderName, ForwardedHeadersDefaults.XForwardedProtoHeaderName, ForwardedHeadersDefaults.XForwardedHostHeaderName, "Forwarded", "Via"];

    extension(ServerSettings settings)
    {
        /// <summary>Whether people must come by https.</summary>
        public bool IsHttpsDemanded => !settings.IsDevelopment && settings.IsPublicUrlHttps;
    }

    public static void UseHttps(this WebApplication app, ServerSettings settings)
    {
        if (!settings.IsHttpsDemanded) return;
        // Known once it listens, which it does when the first request is here.
        var listensByHttps = new Lazy<bool>(() => app.Urls.Any(u => u.StartsWith("https:", StringComparison.OrdinalIgnoreCase)));
        app.UseWhen(c => !c.Request.IsHttps && !Health.Contains(c.Request.Path) && IsCertain(c.Request), http => http.Run(RedirectAsync));

        // A believed proxy's word leaves the scheme of the socket behind in a header. Anybody can send that header, too, and is sent to where they are.
        bool IsCertain(HttpRequest request) => (settings.KnownProxies.Count > 0 && request.Headers.ContainsKey(ForwardedHeadersDefaults.XOriginalProtoHeaderName))
            || (listensByHttps.Value && !Proxied.Any(request.Headers.ContainsKey));

        // To the public address, not to the host the request names: that is anybody's word. Kept by nobody on the way, should it be wrong for the next.
        Task RedirectAsync(HttpContext context)
        {
            context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.Location = settings.AddressOf(context.Request.GetEncodedPathAndQuery());
            return Task.CompletedTask;
        }
    }
}
