using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Workato.Connections.Answers;

namespace Workato.Connections.Diagnosing;

/// <summary>Puts down what was answered: line by line, without secrets, and never longer than <see cref="Diagnosis.MaxEvidence"/>.</summary>
public static partial class Evidence
{
    private const string MissingScopes = "missing permissions: ";
    private const int MaxExcerpt = 300;
    private const int MaxRead = 8000;

    /// <summary>The permissions the app named as missing, out of what was put down.</summary>
    public static IReadOnlyList<string> ScopesIn(string? evidence) =>
        evidence?.Split('\n').FirstOrDefault(l => l.StartsWith(MissingScopes, StringComparison.Ordinal)) is { } line ? line[MissingScopes.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>Of an answer.</summary>
    internal static string? Of(Answered answered, IReadOnlyList<string> scopes)
    {
        var lines = new List<string>();
        if (answered.Status is { } status) lines.Add(Words.Name(status) + (answered.Host is null ? "" : " from " + answered.Host));
        if (answered.Code is not null) lines.Add("error: " + answered.Code);
        if (answered.Said is not null && answered.Said != answered.Code) lines.Add("it says: " + answered.Said);
        if (scopes.Count > 0) lines.Add(MissingScopes + string.Join(' ', scopes));
        if (answered.Redaction.Clean(answered.Headers.Challenge) is { } challenge) lines.Add("WWW-Authenticate: " + Shown(challenge));
        if (answered.Redaction.Clean(answered.Headers.Other("Retry-After")) is { } wait) lines.Add("Retry-After: " + OneLine.Of(wait, 50));
        if (answered.Headers.Date is { } date && (answered.TimeMatters || answered.Code is "timestamp_refused")) lines.Add($"its clock: {Instant(date)}, ours: {Instant(answered.Now)}");
        if (answered.Said is null && answered.Redaction.Clean(answered.Body) is { Length: > 0 } body) lines.Add("answer: " + Shown(body));
        return Of(lines);
    }

    /// <summary>Of lines that hold no secrets.</summary>
    internal static string? Of(IReadOnlyList<string> lines)
    {
        // Neither U+0000 nor half a surrogate pair, which PostgreSQL would refuse, and with it the state this belongs to.
        var text = string.Concat(string.Join('\n', lines).EnumerateRunes().Select(r => Rune.IsControl(r) && r.Value != '\n' ? " " : r.ToString()));
        if (text.Length <= Diagnosis.MaxEvidence) return text.Length == 0 ? null : text;
        var end = Diagnosis.MaxEvidence - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }

    internal static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    // The words of a page without its tags. Long runs of letters and digits may be somebody's secret that is none of ours.
    private static string Shown(string text) => OneLine.Of(Spaces().Replace(Runs().Replace(Tags().Replace(text.Length > MaxRead ? text[..MaxRead] : text, " "), "…"), " "), MaxExcerpt);

    [GeneratedRegex("<(script|style)[^>]*>.*?</\\1>|<[^>]*>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex("[A-Za-z0-9_~+/=-]{32,}")]
    private static partial Regex Runs();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
