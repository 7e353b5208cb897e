using System.Text.RegularExpressions;

namespace Workato.Connections.AuthMethods;

/// <summary>Text with fields in braces, for example <c>Token token={api_key}</c>.</summary>
public sealed partial class Template
{
    private readonly string[] parts;

    private Template(string text, string[] parts, IReadOnlyList<string> fields)
    {
        Text = text;
        this.parts = parts;
        Fields = fields;
    }

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>The names of the fields in it, in order of appearance.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>Whether it begins with a field, as a base URL given whole by the person does.</summary>
    public bool BeginsWithField => parts[0].Length == 0 && Fields.Count > 0;

    /// <summary>Reads a template. Braces around anything that is not a field name are ordinary text (a JSON body has many).</summary>
    public static Template Parse(string text)
    {
        // Split keeps what is between the captures at even places and the captured names at odd ones.
        var parts = Field().Split(text);
        return new(text, parts, [.. parts.Where((_, i) => i % 2 == 1)]);
    }

    /// <summary>
    /// Puts values in. A field without a value becomes empty. <paramref name="encode"/>, where given, is applied to the
    /// values and not to the text around them.
    /// </summary>
    public string Fill(Func<string, string?> value, Func<string, string>? encode = null) => string.Concat(
        parts.Select((part, i) => i % 2 == 0 ? part : Encoded(value(part) ?? "", encode)));

    /// <summary>The template's text.</summary>
    public override string ToString() => Text;

    private static string Encoded(string value, Func<string, string>? encode) => encode is null ? value : encode(value);

    [GeneratedRegex("""\{([A-Za-z][A-Za-z0-9_]*)\}""")]
    private static partial Regex Field();
}
