using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Workato.Connections.AuthMethods;
using Workato.Connections.Secrets;

namespace Workato.Connections.Answers;

/// <summary>
/// Takes out of an app's words what it repeats of our secrets: whole or a line or value of them, as they are, escaped as
/// in an address, a form, JSON or a page, in base64, or the letters and digits alone.
/// </summary>
internal sealed class Redaction
{
    // Anything shorter is no secret, and would tear holes into ordinary words.
    private const int MinLength = 4;

    // Nearly all answers are fine, and of those no words are shown.
    private readonly Lazy<string[]> secrets;

    public Redaction(FieldValues values, HttpRequestMessage? sent = null)
    {
        // What the request carries is read now: it may be gone later.
        var authorization = sent?.Headers.NonValidated.TryGetValues("Authorization", out var header) == true ? header.ToString() : "";
        secrets = new(() => [.. All(values, authorization)]);
    }

    private static IEnumerable<string> All(FieldValues values, string authorization)
    {
        var whole = values.Secrets.Values.Select(s => s.Reveal()).ToArray();
        // "Basic ..." holds user name and password as one.
        var header = whole.Length > 0 ? authorization.Split(' ')[^1] : "";
        return whole.SelectMany(Parts).Append(header).Where(p => p.Length >= MinLength).Concat(whole.Where(s => s.Length > 0))
            .SelectMany(Forms).Distinct().OrderByDescending(s => s.Length);
    }

    public string? Clean(string? text)
    {
        if (text is null) return null;
        foreach (var secret in secrets.Value) text = text.Replace(secret, Secret.Mask, StringComparison.OrdinalIgnoreCase);
        return text;
    }

    // Header and query pairs are written as lines; an app repeats the value of one.
    private static IEnumerable<string> Parts(string secret) => secret.Split('\n', '&').SelectMany(line => new[] { line, Behind(line, ':'), Behind(line, '=') }).Select(p => p.Trim());

    private static string Behind(string line, char separator) => line[(line.IndexOf(separator, StringComparison.Ordinal) + 1)..];

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        // As servers repeat it in JSON, in a page and in a form.
        yield return JsonEncodedText.Encode(secret).ToString();
        yield return JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        yield return secret.Replace("/", "\\/", StringComparison.Ordinal);
        yield return WebUtility.HtmlEncode(secret);
        yield return WebUtility.UrlEncode(secret);
        // As it would stand in a host name or a content type.
        var plain = string.Concat(secret.Where(char.IsAsciiLetterOrDigit));
        if (plain.Length >= MinLength) yield return plain;
    }
}
