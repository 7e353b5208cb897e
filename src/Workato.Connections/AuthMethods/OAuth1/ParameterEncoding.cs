using System.Globalization;
using System.Text;

namespace Workato.Connections.AuthMethods.OAuth1;

/// <summary>Percent-encoding as RFC 5849 section 3.6 has it: everything but letters, digits and <c>- . _ ~</c>, in upper case.</summary>
internal static class ParameterEncoding
{
    /// <summary>Text, encoded.</summary>
    public static string Encode(string text) => Uri.EscapeDataString(text);

    /// <summary>
    /// What stands in a query or form, decoded and encoded again (section 3.4.1.3.1): <c>+</c> is a space there, and a
    /// byte may have been encoded without need. Done byte by byte, because not everybody encodes UTF-8.
    /// </summary>
    public static string Reencode(ReadOnlySpan<byte> written)
    {
        var encoded = new StringBuilder(written.Length);
        for (var i = 0; i < written.Length; i++)
        {
            var b = written[i];
            if (b == '+') b = (byte)' ';
            else if (b == '%' && i + 2 < written.Length && byte.TryParse(written.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var meant))
                (b, i) = (meant, i + 2);

            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~') encoded.Append((char)b);
            else encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return encoded.ToString();
    }
}
