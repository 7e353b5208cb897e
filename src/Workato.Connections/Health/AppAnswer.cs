using System.Text;
using System.Text.Json;
using Workato.Connections.Secrets;

namespace Workato.Connections.Health;

/// <summary>The body of an app's answer to a test, as far as it is worth reading.</summary>
internal sealed class AppAnswer
{
    /// <summary>More than this of a body is not read, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MaxSaid = 200;

    // Shorter parts of a secret are words of every day.
    private const int MinPiece = 4;

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

    public string? Identity(IEnumerable<string> pointers) =>
        json is { } root && pointers.Select(p => JsonPointer.Read(root, p)).FirstOrDefault(v => v is not null) is { } found ? Shorten(found) : null;

    /// <summary>The app's own explanation, without any of <paramref name="secrets"/> in it, on one line.</summary>
    public string? Said(IEnumerable<Secret> secrets)
    {
        if (json is not { } root || Explanations.Select(p => JsonPointer.Read(root, p)).FirstOrDefault(v => v is not null) is not { } said) return null;
        // Longest first: of a secret that is part of another no rest may stay.
        foreach (var hidden in secrets.SelectMany(s => Pieces(s.Reveal())).Distinct().OrderByDescending(p => p.Length))
            said = said.Replace(hidden, Secret.Mask, StringComparison.OrdinalIgnoreCase);
        return Shorten(said);
    }

    // A secret may be several lines of names and values, of which the app has seen each value by itself, or an escaped query.
    private static IEnumerable<string> Pieces(string secret) => secret.Split(['\r', '\n', '&'])
        .SelectMany(line => new[] { line, line[(line.IndexOfAny([':', '=']) + 1)..] })
        .Select(piece => piece.Trim()).Where(piece => piece.Length >= MinPiece)
        .Append(secret)
        .SelectMany(piece => new[] { piece, Uri.EscapeDataString(piece) })
        .Where(piece => piece.Length > 0);

    private static string Shorten(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text.Trim()) line.Append(char.IsControl(c) ? ' ' : c);
        if (line.Length <= MaxSaid) return line.ToString();
        // Half a surrogate pair is no text any more: PostgreSQL would refuse it.
        return line.ToString(0, char.IsHighSurrogate(line[MaxSaid - 1]) ? MaxSaid - 1 : MaxSaid) + "…";
    }
}
