using Workato.Connections.Answers;
using Workato.Connections.AuthMethods;

namespace Workato.Connections.Web.Api.Calling;

/// <summary>Puts credentials on calls, also where they depend on the body or go into it: then it is read before it is sent.</summary>
internal static class BodySigning
{
    /// <summary>The largest body that is signed, in bytes. Bodies that are not are streamed and have no limit.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>False where the body is too large to be signed; then that was the answer already.</summary>
    public static async ValueTask<bool> PutOnAsync(this IRequestCredentials credentials, HttpContext context, HttpRequestMessage request, CancellationToken cancel)
    {
        if (request.Content is not { } content || !credentials.NeedsBody(request))
        {
            credentials.PutOn(request);
            return true;
        }

        // Kept as it came: when the same call is sent again it is signed again, and what it was signed to before is gone.
        if (context.Features.Get<ReadBody>() is not { } body)
        {
            body = await ReadBody.OfAsync(context.Request, cancel);
            context.Features.Set(body);
        }

        if (body.Bytes is not { } bytes)
        {
            await Problems.Write(context, StatusCodes.Status413PayloadTooLarge, $"The body is too large: bodies that are signed may have at most {MaxBytes / 1024} KiB.");
            return false;
        }

        // The forwarder sends what stands in the caller's request; its own content may not be replaced.
        var signed = credentials.PutOn(request, bytes);
        context.Request.Body = new MemoryStream(signed.ToArray(), writable: false);
        content.Headers.ContentLength = signed.Length;
        return true;
    }

    /// <summary>The caller's body; no bytes where there were too many.</summary>
    private sealed record ReadBody(byte[]? Bytes)
    {
        public static async Task<ReadBody> OfAsync(HttpRequest request, CancellationToken cancel)
        {
            if (request.ContentLength > MaxBytes) return new((byte[]?)null);
            var read = await BoundedBody.ReadAsync(request.Body, MaxBytes, cancel);
            return new(read.IsWhole ? read.Bytes : null);
        }
    }
}
