using System.Globalization;
using System.Text.Json;
using Workato.Connections.Answers;
using Workato.Connections.Connectors;

namespace Workato.Connections.Diagnosing;

/// <summary>Finds out by rules why an app did not do what it was asked: the connector's own first, then the general ones.</summary>
internal static class Diagnostician
{
    // Clocks differ by seconds; what is signed is good for some minutes.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    // How an app says no to something that is signed for another time than its own.
    private static readonly HashSet<string> Rejections =
        [Causes.CredentialsRejected, Causes.TokenRevoked, Causes.PermissionExpired, Causes.ClientRejected, Causes.PermissionMissing, Causes.Unknown];

    /// <summary>What it means.</summary>
    /// <param name="answered">What was answered.</param>
    /// <param name="own">The connector's rules.</param>
    /// <param name="otherwise">Words for a person, where no rule has any.</param>
    /// <param name="cause">The cause of those words, and where no rule fits.</param>
    public static Diagnosis Of(Answered answered, IReadOnlyList<DiagnosisRule> own, string otherwise, string cause = Causes.Unknown)
    {
        if (Own(answered, own) is { } known) return known;
        var rule = GeneralRules.All.FirstOrDefault(r => Fits(r, answered));
        var isToldSo = TellsItself(answered, rule, cause);
        cause = rule?.Cause ?? cause;
        if (ClockIsOff(answered, cause)) return OurClock(answered);
        var scopes = ScopesOf(answered, rule, cause);
        var words = isToldSo ? Tell(answered, rule!.Words, rule.Next, cause, scopes) : otherwise + Missing(scopes);
        return new(cause, words, Evidence.Of(answered, scopes));
    }

    /// <summary>What the connector's own rules say to it; null where none fits. That is how a success turns out to be none.</summary>
    public static Diagnosis? Own(Answered answered, IReadOnlyList<DiagnosisRule> own)
    {
        if (own.FirstOrDefault(r => Fits(r, answered)) is not { } rule) return null;
        var scopes = ScopesOf(answered, rule, rule.Cause);
        return new(rule.Cause, Tell(answered, rule.Words, rule.Next, rule.Cause, scopes), Evidence.Of(answered, scopes));
    }

    private static bool Fits(DiagnosisRule rule, Answered answered)
    {
        // What looks like a success is none only where a rule names that status; a token endpoint's 200 is looked at for its error.
        if (rule.Status is null ? answered is { IsSuccess: true, While: Occasion.Test } : answered.Status is not { } status || !rule.Status.Contains(status)) return false;
        if (rule.While.Count > 0 && !rule.While.Contains(answered.While)) return false;
        if (rule.IsRejection is { } rejection && rejection != answered.IsRejection) return false;
        if (rule.UsesTokens is { } tokens && tokens != answered.UsesTokens) return false;
        if (rule.Codes.Count > 0 && !rule.Codes.Contains(answered.Code, StringComparer.OrdinalIgnoreCase)) return false;
        return FitsText(rule, answered);
    }

    private static bool FitsText(DiagnosisRule rule, Answered answered)
    {
        if (rule is { Texts.Count: 0, At: null, Header: null }) return true;
        var places = rule.Header is { } header ? [answered.Headers.Other(header)]
            : rule.At is { } at ? [answered.Json is { } json ? JsonPointer.Read(json, at) : null]
            : new[] { answered.Said, answered.Code, answered.Json is null && !answered.IsSuccess ? answered.Body : null };
        var found = places.OfType<string>();
        return rule.Texts.Count == 0 ? found.Any() : found.Any(text => rule.Texts.Any(t => text.Contains(t, StringComparison.OrdinalIgnoreCase)));
    }

    // Who asked has words for what a status or a code usually means; not for what a rule reads out of the rest.
    private static bool TellsItself(Answered answered, DiagnosisRule? rule, string usual) => rule switch
    {
        null => false,
        { Words: not null } or { Cause: Causes.OurClock or Causes.AccountSuspended or Causes.SecretExpired } => true,
        { Cause: Causes.PermissionExpired } => answered.While is Occasion.Refresh or Occasion.Test,
        _ => answered.While == Occasion.Test && rule.Cause != usual,
    };

    private static bool ClockIsOff(Answered answered, string cause) =>
        answered is { TimeMatters: true, Status: >= 400 and < 500, Headers.Date: { } theirs } && (theirs - answered.Now).Duration() > Tolerance && Rejections.Contains(cause);

    private static Diagnosis OurClock(Answered answered)
    {
        var (theirs, ours) = (answered.Headers.Date!.Value, answered.Now);
        var apart = (theirs - ours).Duration();
        var words = CauseWords.Of(Causes.OurClock);
        var length = apart.TotalHours < 2 ? $"{apart.TotalMinutes:0} minutes" : apart.TotalDays < 2 ? $"{apart.TotalHours:0} hours" : $"{apart.TotalDays:0} days";
        return new(Causes.OurClock, $"{Fill(words.Words, answered)}: ours is {length} {(ours > theirs ? "ahead" : "behind")}, and what is signed with it is not accepted ({answered.Answer}).{Quote(answered)} {Fill(words.Next, answered)}", Evidence.Of(answered, []));
    }

    private static string Tell(Answered answered, string? words, string? next, string cause, IReadOnlyList<string> scopes)
    {
        var usual = CauseWords.Of(cause);
        return $"{Fill(words ?? usual.Words, answered)} ({answered.Answer}).{Quote(answered)}{Missing(scopes)} {Fill(next ?? usual.Next, answered)}";
    }

    private static string Missing(IReadOnlyList<string> scopes) => scopes.Count == 0 ? "" : $" Missing: {string.Join(", ", scopes)}.";

    private static string Quote(Answered answered) => string.IsNullOrWhiteSpace(answered.Said) ? "" : $" {answered.App} says: “{answered.Said.Trim().TrimEnd('.')}”.";

    private static string Fill(string words, Answered answered) => CauseWords.Fill(words, answered.App, answered.Host ?? answered.App);

    // The app's word first, then what it did not grant of what was asked for.
    private static IReadOnlyList<string> ScopesOf(Answered answered, DiagnosisRule? rule, string cause)
    {
        if (cause != Causes.PermissionMissing) return [];
        var named = rule?.Scope is { } pointer && answered.Json is { } json ? Texts(json, pointer) : Split(answered.Headers.Scope);
        var all = named.Count > 0 ? named : answered.NotGranted;
        return [.. all.Select(s => OneLine.Of(answered.Redaction.Clean(s)!, 100)).Take(20)];
    }

    private static IReadOnlyList<string> Texts(JsonElement json, string pointer) => JsonPointer.Find(json, pointer) is { ValueKind: JsonValueKind.Array } list
        ? [.. Enumerable.Range(0, Math.Min(list.GetArrayLength(), 20)).Select(i => JsonPointer.Read(json, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{i}"))).OfType<string>()]
        : Split(JsonPointer.Read(json, pointer));

    private static string[] Split(string? text) => (text ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
}
