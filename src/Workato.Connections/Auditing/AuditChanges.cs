namespace Workato.Connections.Auditing;

/// <summary>What was before and what is now, by name; only what differs.</summary>
public sealed class AuditChanges : Dictionary<string, string?[]>
{
    private const int MaxTextLength = 2000;

    /// <summary>Adds one, where it differs. Never with a secret.</summary>
    public AuditChanges With(string name, object? before, object? after)
    {
        var (old, @new) = (Text(before), Text(after));
        if (old != @new) this[name] = [Short(old), Short(@new)];
        return this;
    }

    /// <summary>Adds whatever differs between two sets of values, each under its name behind <paramref name="prefix"/>. Never with a secret.</summary>
    public AuditChanges WithEach(string prefix, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        foreach (var name in before.Keys.Union(after.Keys)) With(prefix + name, before.GetValueOrDefault(name), after.GetValueOrDefault(name));
        return this;
    }

    /// <summary>Adds names of secrets that were given. What they are is not kept, nor what they were.</summary>
    public AuditChanges WithSecrets(IEnumerable<string> names)
    {
        foreach (var name in names) this[name] = [null, Secrets.Secret.Mask];
        return this;
    }

    // A page of text is enough to see what was changed.
    private static string? Short(string? text) => text?.Length > MaxTextLength ? string.Concat(text[..MaxTextLength].EnumerateRunes()) + "…" : text;

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        bool yes => yes ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        System.Collections.IEnumerable many => string.Join(", ", many.Cast<object>().Select(Text)),
        _ => value.ToString(),
    };
}
