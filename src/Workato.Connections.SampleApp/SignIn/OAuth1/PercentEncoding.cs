using System.Text;

namespace Workato.Connections.SampleApp.SignIn.OAuth1;

/// <summary>
/// RFC 5849, 3.6. Works on bytes: what a client encoded need not be UTF-8, and still has to come out as it went in.
/// </summary>
internal static class PercentEncoding
{
    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    public static string Decode(string encoded) => Encoding.UTF8.GetString(Bytes(encoded, plusIsSpace: false));

    /// <summary>However somebody encoded it, as the base string wants it.</summary>
    /// <param name="encoded">As it was sent.</param>
    /// <param name="plusIsSpace">It is so in queries and forms, and not in the Authorization header.</param>
    public static string Normalize(string encoded, bool plusIsSpace) => Encode(Bytes(encoded, plusIsSpace));

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var encoded = new StringBuilder(bytes.Length);
        foreach (var each in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)each) || "-._~".Contains((char)each, StringComparison.Ordinal)) encoded.Append((char)each);
            else encoded.Append('%').Append(Convert.ToHexString([each]));
        }

        return encoded.ToString();
    }

    private static byte[] Bytes(string encoded, bool plusIsSpace)
    {
        // Signs beyond ASCII have no place there, but some clients send them; they count as their UTF-8.
        var raw = Encoding.UTF8.GetBytes(encoded);
        var bytes = new List<byte>(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '%' && i + 2 < raw.Length && char.IsAsciiHexDigit((char)raw[i + 1]) && char.IsAsciiHexDigit((char)raw[i + 2]))
            {
                bytes.Add((byte)(Convert.ToInt32($"{(char)raw[i + 1]}{(char)raw[i + 2]}", 16)));
                i += 2;
            }
            else bytes.Add(raw[i] == '+' && plusIsSpace ? (byte)' ' : raw[i]);
        }

        return [.. bytes];
    }
}
