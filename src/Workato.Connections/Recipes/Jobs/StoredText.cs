namespace Workato.Connections.Recipes.Jobs;

/// <summary>Text of whatever a recipe or an app made of it, as both databases keep it.</summary>
internal static class StoredText
{
    /// <summary>
    /// The text without control characters, lines and tabs excepted; half a surrogate pair becomes U+FFFD. PostgreSQL keeps
    /// neither U+0000 nor half a character, and a job that cannot be written would never end.
    /// </summary>
    public static string? Of(string? text) => text is null || !text.Any(c => IsUnwanted(c) || char.IsSurrogate(c)) ? text
        : string.Concat(text.EnumerateRunes().Where(r => !r.IsBmp || !IsUnwanted((char)r.Value)));

    private static bool IsUnwanted(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');
}
