using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace Workato.Connections.Web.Api.Calling;

/// <summary>
/// What stands behind <c>/call</c>, exactly as the caller wrote it. Taken from the raw request line: apps tell
/// <c>%2F</c> from a slash and <c>%20</c> from <c>+</c>, and a decoded path has forgotten which it was.
/// </summary>
internal static class CallTarget
{
    /// <summary>Path and query, beginning with a slash; null where it is not plain.</summary>
    public static string? Of(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var id = (string)context.Request.RouteValues["id"]!;
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{context.Request.PathBase}/api/connections/{id}/call");
        if (!raw.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return null;

        var target = raw[prefix.Length..];
        var path = target.Split('?', 2)[0];
        // Also where a slash is encoded: many apps decode before they resolve dots, and would leave the base URL's path.
        if (path.Contains('\\', StringComparison.Ordinal) || Uri.UnescapeDataString(path).Split('/', '\\').Any(segment => segment is "." or "..")) return null;
        return path.Length == 0 ? "/" + target : target;
    }
}
