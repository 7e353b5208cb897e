using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Workato.Connections.SampleApp.Misbehaving;

namespace Workato.Connections.SampleApp.Api;

/// <summary>An answer that arrives a line at a time.</summary>
internal static class StreamEndpoint
{
    public static void MapStream(this IEndpointRouteBuilder api) => api.MapGet("/stream", (HttpContext context) =>
    {
        if (!Answers.TryRead(context.Request, "chunks", min: 1, max: 1000, fallback: 5, out var chunks))
            return Answers.Invalid("chunks", "chunks must be from 1 to 1000.");
        if (!Answers.TryRead(context.Request, "interval_ms", min: 0, max: 5000, fallback: 200, out var intervalMs))
            return Answers.Invalid("interval_ms", "interval_ms must be from 0 to 5000.");

        // A host that compresses or buffers would hold the lines back.
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        var interval = TimeSpan.FromMilliseconds(intervalMs);
        return Results.Stream(body => WriteAsync(context, body, chunks, interval), "text/plain; charset=utf-8");
    });

    private static async Task WriteAsync(HttpContext context, Stream body, int chunks, TimeSpan interval)
    {
        for (var chunk = 1; chunk <= chunks; chunk++)
        {
            if (chunk > 1 && !await Pause.ForAsync(context, interval))
            {
                // Cut off, not ended: half an answer must not look like a whole one.
                context.Abort();
                return;
            }

            await body.WriteAsync(Encoding.UTF8.GetBytes($"chunk {chunk} of {chunks}\n"), context.RequestAborted);
            await body.FlushAsync(context.RequestAborted);
        }
    }
}
