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
            // Cut short, it is no JSON any more, and that is what will be said of it.
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var read = await BoundedBody.ReadAsync(stream, MaxBytes, cancellationToken);
            var (whole, type) = (new ByteArrayContent(read.Bytes), response.Content.Headers.ContentType);
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
