namespace Workato.Connections.Answers;

/// <summary>Makes a line fit to show of whatever an app says.</summary>
internal static class OneLine
{
    /// <summary>The text on one line, cut where it is longer than <paramref name="max"/> characters.</summary>
    public static string Of(string text, int max = 200)
    {
        var line = string.Concat(text.Trim().Select(c => char.IsControl(c) ? ' ' : c));
        if (line.Length <= max) return line;
        // Half a surrogate pair is no text any more: PostgreSQL would refuse it.
        return line[..(char.IsHighSurrogate(line[max - 1]) ? max - 1 : max)] + "…";
    }
}
