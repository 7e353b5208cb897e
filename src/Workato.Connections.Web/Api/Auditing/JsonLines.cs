using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Workato.Connections.Auditing;

namespace Workato.Connections.Web.Api.Auditing;

/// <summary>The audit log as JSON lines, sent while it is read.</summary>
internal sealed class JsonLines(IAsyncEnumerable<AuditEntry> entries, ActivityWorkspace workspace, string? fileName) : IResult
{
    public const string MediaType = "application/jsonl";

    private const int FlushEvery = 100;
    private static readonly byte[] LineEnd = [(byte)'\n'];

    public static bool IsWanted(HttpRequest request) => request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase) && a.Quality != 0);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancel) = (httpContext.Response, httpContext.RequestAborted);
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        response.ContentType = MediaType;
        // The API says so of all its answers; the page's export is one of a page.
        response.Headers.CacheControl = "no-store";
        if (fileName is not null) response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = fileName }.ToString();
        var written = 0;
        await foreach (var entry in entries.WithCancellation(cancel))
        {
            JsonSerializer.Serialize(new Utf8JsonWriter(response.BodyWriter), ActivityLogResponse.From(entry, workspace), json);
            response.BodyWriter.Write(LineEnd);
            if (++written % FlushEvery == 0) await response.BodyWriter.FlushAsync(cancel);
        }

        await response.BodyWriter.FlushAsync(cancel);
    }
}
