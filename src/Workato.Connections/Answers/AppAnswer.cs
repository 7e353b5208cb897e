using System.Text;
using System.Text.Json;

namespace Workato.Connections.Answers;

/// <summary>The body of an app's answer to a test, as far as it is worth reading.</summary>
internal sealed class AppAnswer
{
    /// <summary>More than this of a body is not read, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    // Where apps put the sentence that explains: the common places, most telling first.
    private static readonly string[] Explanations =
        ["/message", "/error_description", "/error/message", "/errors/0/message", "/detail", "/description", "/error", "/errors/0/detail", "/errors/0"];

    // Where they put the code of an error.
    private static readonly string[] Codes =
        ["/error", "/error/code", "/errorCode", "/0/errorCode", "/error_code", "/code", "/errors/0/code", "/error/status", "/error/type", "/errors/0/reason", "/category", "/type"];

    // Far more than is shown: what stands at the edge may be half a secret, which would not be known for one.
    private const int MaxExcerpt = 128 * 1024;

    private readonly JsonElement? json;
    private readonly byte[] body;

    private AppAnswer(JsonElement? json, byte[] body) => (this.json, this.body) = (json, body);

    public bool IsJson => json is not null;

    /// <summary>The body, where it is JSON.</summary>
    public JsonElement? Json => json;

    /// <summary>The beginning of the body as text, with whatever secrets stand in it; null where it holds bytes that are no text.</summary>
    public string? Excerpt
    {
        get
        {
            var text = Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, MaxExcerpt)).Trim();
            return text.Take(200).Any(c => c is '\0' or '\uFFFD') ? $"{body.Length} bytes that are no text" : text;
        }
    }

    /// <summary>The code of the error, as it is: one word.</summary>
    public string? Code => json is { } root ? Codes.Select(p => JsonPointer.Read(root, p)).FirstOrDefault(c => c is { Length: <= 64 } && !c.Any(char.IsWhiteSpace)) : null;

    public static async Task<AppAnswer> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        var bytes = (await BoundedBody.ReadAsync(stream, MaxBytes, cancel)).Bytes;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return new(document.RootElement.Clone(), bytes);
        }
        catch (JsonException)
        {
            return new(null, bytes);
        }
    }

    /// <summary>Of what was read already.</summary>
    public static AppAnswer Of(JsonElement json) => new(json, []);

    /// <summary>What stands at a JSON pointer, as it is.</summary>
    public string? Text(string pointer) => json is { } root ? JsonPointer.Read(root, pointer) : null;

    /// <summary>As whom the app knows us, without secrets, on one line.</summary>
    public string? Identity(IEnumerable<string> pointers, Redaction redaction) => First(pointers, redaction);

    /// <summary>The app's own explanation, without secrets, on one line.</summary>
    public string? Said(Redaction redaction) => First(Explanations, redaction);

    // Secrets go before the text is cut, or half of one could stay.
    private string? First(IEnumerable<string> pointers, Redaction redaction) =>
        json is { } root && redaction.Clean(pointers.Select(p => JsonPointer.Read(root, p)).FirstOrDefault(v => v is not null)) is { } found ? OneLine.Of(found) : null;
}
