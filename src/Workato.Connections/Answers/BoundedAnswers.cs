namespace Workato.Connections.Answers;

/// <summary>Reads answers whole before anybody parses them, and no further than <see cref="MaxBytes"/>.</summary>
internal sealed class BoundedAnswers(HttpMessageInvoker inner) : HttpMessageHandler
{
    /// <summary>More than this of a body is not read, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await inner.SendAsync(request, cancellationToken);
        try
        {
            var body = new MemoryStream();
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[16 * 1024];
            for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                // Cut short, it is no JSON any more, and that is what will be said of it.
                body.Write(buffer, 0, Math.Min(read, MaxBytes - (int)body.Length));
                if (body.Length == MaxBytes) break;
            }

            var (whole, type) = (new ByteArrayContent(body.ToArray()), response.Content.Headers.ContentType);
            whole.Headers.ContentType = type;
            response.Content.Dispose();
            response.Content = whole;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
