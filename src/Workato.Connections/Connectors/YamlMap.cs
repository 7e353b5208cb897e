using System.Globalization;
using Workato.Connections.AuthMethods;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Workato.Connections.Connectors;

/// <summary>
/// A mapping of a connector file while it is read: hands out values by key, notes what is wrong with file and line, and
/// at the end refuses keys nobody asked for.
/// </summary>
internal sealed class YamlMap(YamlMappingNode node, string file, List<ConnectorProblem> problems)
{
    private readonly HashSet<string> asked = [];

    public void Complain(string message, string? key = null) => problems.Add(new(file, LineOf(key), message));

    public bool Has(string key) => Find(key) is not null;

    public string Text(string key, string example)
    {
        var text = TextOrNull(key);
        if (string.IsNullOrWhiteSpace(text)) Complain($"'{key}' is missing; write for example {key}: {example}");
        return text ?? "";
    }

    public string? TextOrNull(string key) => Find(key) is { } value ? Scalar(value, key) : null;

    public bool Flag(string key, bool otherwise)
    {
        var text = TextOrNull(key);
        if (text is not (null or "true" or "false")) Complain($"'{key}' must be true or false", key);
        return text is null ? otherwise : text == "true";
    }

    public Template? TemplateOrNull(string key) => TextOrNull(key) is { } text ? Template.Parse(text) : null;

    /// <summary>An address of the app, with settings in braces: https, or a setting that says all of it.</summary>
    public Template? AddressOrNull(string key)
    {
        if (TemplateOrNull(key) is not { } address) return null;
        if (!address.BeginsWithField && !(address.Text.StartsWith("https://", StringComparison.Ordinal) && Uri.TryCreate(address.Fill(_ => "x"), UriKind.Absolute, out _)))
            Complain($"'{key}' must be an address that begins with https:// (or with a field)", key);
        return address;
    }

    public Dictionary<string, Template> Templates(string key) =>
        Pairs(key).ToDictionary(p => p.Key, p => Template.Parse(p.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>One of several words; the first of them where there is none.</summary>
    public T Choice<T>(string key, IReadOnlyDictionary<string, T> choices)
    {
        var word = TextOrNull(key);
        if (word is not null && choices.TryGetValue(word, out var chosen)) return chosen;
        if (word is not null) Complain($"'{key}' must be {string.Join(", ", choices.Keys)}, not '{word}'", key);
        return choices.Values.First();
    }

    public TimeSpan? SecondsOrNull(string key)
    {
        if (TextOrNull(key) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0) return TimeSpan.FromSeconds(seconds);
        Complain($"'{key}' is a number of seconds, for example 3600", key);
        return null;
    }

    public IReadOnlyList<string> Texts(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Select(item => Scalar(item, key))],
        _ => Wrong<string>(key, "a list, for example [one, two]"),
    };

    public IEnumerable<KeyValuePair<string, string>> Pairs(string key) => Find(key) switch
    {
        null => [],
        YamlMappingNode map => Unique(key, map.Select(pair => KeyValuePair.Create(Scalar(pair.Key, key), Scalar(pair.Value, key)))),
        _ => Wrong<KeyValuePair<string, string>>(key, "a mapping of names to texts"),
    };

    public IReadOnlyList<YamlMap> Maps(string key)
    {
        switch (Find(key))
        {
            case null: return [];
            case YamlSequenceNode list when list.All(item => item is YamlMappingNode):
                return [.. list.Select(item => new YamlMap((YamlMappingNode)item, file, problems))];
            default: return Wrong<YamlMap>(key, "a list of mappings, each beginning with '- '");
        }
    }

    public YamlMap? MapOrNull(string key)
    {
        switch (Find(key))
        {
            case null: return null;
            case YamlMappingNode map: return new(map, file, problems);
            default: _ = Wrong<YamlMap>(key, "a mapping"); return null;
        }
    }

    public void RefuseUnknownKeys()
    {
        foreach (var key in node.Children.Keys.Where(k => k is not YamlScalarNode)) problems.Add(new(file, key.Start.Line, "a key must be plain text here"));
        foreach (var key in node.Children.Keys.OfType<YamlScalarNode>().Where(k => !asked.Contains(k.Value!)))
        {
            var meant = Nearest.To(key.Value!, asked);
            problems.Add(new(file, key.Start.Line, $"unknown key '{key.Value}'; "
                + (meant is null ? $"known here: {string.Join(", ", asked)}" : $"did you mean '{meant}'?")));
        }
    }

    private YamlNode? Find(string key)
    {
        asked.Add(key);
        var found = node.Children.FirstOrDefault(c => c.Key is YamlScalarNode k && k.Value == key).Value;
        // "key:" with nothing behind it is a key left empty, not the text "".
        return found is YamlScalarNode { Value: "", Style: ScalarStyle.Plain } ? null : found;
    }

    private string Scalar(YamlNode value, string key)
    {
        if (value is YamlScalarNode scalar) return scalar.Value ?? "";
        problems.Add(new(file, value.Start.Line, $"'{key}' must be plain text here"));
        return "";
    }

    // YAML tells X-Key from x-key; HTTP does not.
    private KeyValuePair<string, string>[] Unique(string key, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var byName = pairs.ToLookup(p => p.Key, StringComparer.OrdinalIgnoreCase);
        foreach (var twice in byName.Where(p => p.Count() > 1)) Complain($"'{key}' names '{twice.Last().Key}' twice", key);
        return [.. byName.Select(p => p.First())];
    }

    private T[] Wrong<T>(string key, string expected)
    {
        Complain($"'{key}' must be {expected}", key);
        return [];
    }

    private long LineOf(string? key) =>
        (node.Children.Keys.FirstOrDefault(k => k is YamlScalarNode s && s.Value == key) ?? node).Start.Line;
}
