using Workato.Connections.Web.Api;
using Workato.Connections.Web.Api.Calling;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Hardening;

/// <summary>
/// What goes with answers of the API that are ours: never kept, never taken for a page. Put on by hand and not by the pages'
/// library, because most requests of the API are calls to apps, which nothing may slow down and whose answers nothing is put on.
/// </summary>
internal static class ApiHeaders
{
    /// <summary>Before anything answers.</summary>
    public static void UseApiHeaders(this WebApplication app, ServerSettings settings)
    {
        KeyValuePair<string, string>[] ours =
        [
            new("Cache-Control", "no-store"), new("X-Content-Type-Options", "nosniff"), new("X-Frame-Options", "DENY"), new("Referrer-Policy", "no-referrer"),
            new("Cross-Origin-Resource-Policy", "same-origin"), new("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            .. settings.IsHstsDue ? [new KeyValuePair<string, string>("Strict-Transport-Security", SecurityHeaders.Hsts)] : Array.Empty<KeyValuePair<string, string>>(),
        ];
        Func<object, Task> put = response => Put((HttpResponse)response, ours);
        app.Use((context, next) =>
        {
            // Asked when the answer begins, so whether it is the app's is known.
            if (ApiSetup.IsApi(context.Request.Path)) context.Response.OnStarting(put, context.Response);
            return next(context);
        });
    }

    private static Task Put(HttpResponse response, KeyValuePair<string, string>[] ours)
    {
        if (response.Headers.ContainsKey(CallTransformer.AnsweredBy)) return Task.CompletedTask;
        foreach (var (name, value) in ours) response.Headers[name] = value;
        return Task.CompletedTask;
    }
}
