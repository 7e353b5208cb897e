namespace Workato.Connections.Connectors;

/// <summary>Reads the list <c>diagnosis</c> of a connector file, and of the general rules.</summary>
internal static class DiagnosisReader
{
    public static IReadOnlyList<DiagnosisRule> Read(YamlMap map) => [.. map.Maps("diagnosis").Select(Rule)];

    private static DiagnosisRule Rule(YamlMap map)
    {
        var status = map.Has("status") ? StatusRanges.Parse(map.Texts("status")) : null;
        if (map.Has("status") && status is null) map.Complain("'status' is a list of statuses, for example [401, 500-599]", "status");
        var rule = new DiagnosisRule
        {
            Status = status,
            Codes = map.Texts("code"),
            At = Pointer(map, "at"),
            Header = map.TextOrNull("header"),
            Texts = map.Texts("text"),
            While = map.Texts("while"),
            IsRejection = map.Has("rejected") ? map.Flag("rejected", false) : null,
            UsesTokens = map.Has("tokens") ? map.Flag("tokens", false) : null,
            Cause = map.Text("cause", "token_revoked"),
            Words = Sentence(map, "words"),
            Next = Sentence(map, "next"),
            Scope = Pointer(map, "scope"),
        };
        Check(map, rule);
        map.RefuseUnknownKeys();
        return rule;
    }

    private static void Check(YamlMap map, DiagnosisRule rule)
    {
        if (rule.Cause.Length > 0 && !DiagnosisRule.Known.Contains(rule.Cause))
            map.Complain($"there is no cause '{rule.Cause}'; " + (Nearest.To(rule.Cause, DiagnosisRule.Known) is { } meant ? $"did you mean '{meant}'?" : $"write one of {string.Join(", ", DiagnosisRule.Known)}"), "cause");
        foreach (var occasion in rule.While.Except(DiagnosisRule.Occasions))
            map.Complain($"'while' is a list of {string.Join(", ", DiagnosisRule.Occasions)}, not '{occasion}'", "while");
        if (!rule.SaysWhen) map.Complain("a diagnosis needs something to be known by; write for example status: [401] or code: [invalid_grant]", "cause");
        if (rule is { At: not null, Header: not null }) map.Complain("'text' stands either at 'at' or in 'header'", "header");
        if (rule.Texts.Concat(rule.Codes).Any(string.IsNullOrWhiteSpace)) map.Complain("an empty text or code fits everything", "cause");
    }

    private static string? Pointer(YamlMap map, string key)
    {
        var pointer = map.TextOrNull(key);
        if (pointer is not null && !pointer.StartsWith('/')) map.Complain($"'{key}' is a JSON pointer and begins with '/', for example /error/code", key);
        return pointer;
    }

    private static string? Sentence(YamlMap map, string key)
    {
        var text = map.TextOrNull(key)?.Trim();
        if (text?.Length > 300) map.Complain($"'{key}' is a sentence of at most 300 characters", key);
        return text;
    }
}
