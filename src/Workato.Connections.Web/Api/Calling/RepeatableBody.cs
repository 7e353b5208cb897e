using Microsoft.AspNetCore.Http.Features;
using Workato.Connections.Calling;

namespace Workato.Connections.Web.Api.Calling;

/// <summary>
/// A call whose access token turned out to be rejected is sent once more with a new one. For that its body must still be
/// there: short ones are kept, long ones stream by, and their caller sees the rejection and sends them again.
/// </summary>
internal static class RepeatableBody
{
    private const int MaxKept = 64 * 1024;

    /// <summary>Keeps the body where that may be needed; whether the request can be sent again.</summary>
    public static bool Keep(HttpContext context, ConnectionSnapshot connection)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }) return true;
        if (!connection.CanRenew || context.Request.ContentLength is not <= MaxKept) return false;
        context.Request.EnableBuffering(MaxKept);
        return true;
    }

    /// <summary>From the beginning again.</summary>
    public static void Rewind(HttpContext context)
    {
        if (context.Request.Body.CanSeek) context.Request.Body.Position = 0;
    }
}
