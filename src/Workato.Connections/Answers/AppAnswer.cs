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

    private readonly JsonElement? json;

    private AppAnswer(JsonElement? json) => this.json = json;

    public bool IsJson => json is not null;

    public static async Task<AppAnswer> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; body.Length <= MaxBytes && (read = await stream.ReadAsync(buffer, cancel)) > 0;) body.Write(buffer, 0, read);
        try
        {
            using var document = JsonDocument.Parse(body.ToArray());
            return new(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return new(null);
        }
    }

    /// <summary>Of what was read already.</summary>
    public static AppAnswer Of(JsonElement json) => new(json);

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
