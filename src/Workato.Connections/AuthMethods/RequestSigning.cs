namespace Workato.Connections.AuthMethods;

/// <summary>Puts credentials on requests that are ready to be sent, their body included.</summary>
public static class RequestSigning
{
    /// <summary>Puts the credentials on <paramref name="request"/>, and into its body where they belong there.</summary>
    public static async Task PutOnAsync(this IRequestCredentials credentials, HttpRequestMessage request, CancellationToken cancel)
    {
        if (request.Content is not { } content || !credentials.NeedsBody(request))
        {
            credentials.PutOn(request);
            return;
        }

        var body = await content.ReadAsByteArrayAsync(cancel);
        var signed = credentials.PutOn(request, body);
        if (signed.Span.SequenceEqual(body)) return;
        var changed = new ReadOnlyMemoryContent(signed);
        // The length is the new body's own.
        foreach (var (name, values) in content.Headers.NonValidated.Where(h => !h.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)))
            changed.Headers.TryAddWithoutValidation(name, values);
        request.Content = changed;
        content.Dispose();
    }
}
