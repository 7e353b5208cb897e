using System.Text;

namespace Workato.Connections.AuthMethods.OAuth1;

/// <summary>Pairs as a query or a form (<c>application/x-www-form-urlencoded</c>) writes them, kept as they are written.</summary>
/// <param name="Text">The pairs; in a form a character stands for a byte.</param>
/// <param name="Encoding">Which bytes the characters stand for.</param>
internal sealed record FormText(string Text, Encoding Encoding)
{
    /// <summary>The query of an address.</summary>
    public static FormText OfQuery(Uri uri) => new(RequestQuery.Of(uri), Encoding.UTF8);

    /// <summary>A form.</summary>
    public static FormText OfBody(ReadOnlySpan<byte> body) => new(Encoding.Latin1.GetString(body), Encoding.Latin1);

    /// <summary>Names and values, encoded as the base string wants them.</summary>
    public IEnumerable<(string Name, string Value)> Pairs => Pieces.Where(piece => piece.Length > 0).Select(Pair);

    /// <summary>The bytes.</summary>
    public byte[] ToBytes() => Encoding.GetBytes(Text);

    /// <summary>Without the pairs of these names; the same object where there is none of them.</summary>
    public FormText Without(IReadOnlySet<string> names)
    {
        var kept = Pieces.Where(piece => !names.Contains(Pair(piece).Name)).ToArray();
        return kept.Length == Pieces.Length ? this : this with { Text = string.Join('&', kept) };
    }

    /// <summary>With these pairs, encoded already, at the end.</summary>
    public FormText With(IEnumerable<(string Name, string Value)> pairs) =>
        this with { Text = string.Join('&', new[] { Text }.Where(t => t.Length > 0).Concat(pairs.Select(p => $"{p.Name}={p.Value}"))) };

    private string[] Pieces => Text.Split('&');

    private (string Name, string Value) Pair(string piece) =>
        piece.Split('=', 2) is [var name, var value] ? (Reencoded(name), Reencoded(value)) : (Reencoded(piece), "");

    private string Reencoded(string text) => ParameterEncoding.Reencode(Encoding.GetBytes(text));
}
