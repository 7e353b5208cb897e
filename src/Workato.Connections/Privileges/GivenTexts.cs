namespace Workato.Connections.Privileges;

/// <summary>What is said about names and descriptions that cannot be taken.</summary>
internal static class GivenTexts
{
    public static void CheckName(this ProblemList problems, string? name, int max, string field = "name")
    {
        if (string.IsNullOrWhiteSpace(name)) problems.Add(field, "can't be blank");
        else problems.CheckText(name, max, field);
    }

    public static void CheckText(this ProblemList problems, string? text, int max, string field)
    {
        if (text?.Trim().Length > max) problems.Add(field, $"is too long (maximum is {max} characters)");
        else if (text?.Contains('\0', StringComparison.Ordinal) == true) problems.Add(field, "must not contain the character U+0000");
    }
}
