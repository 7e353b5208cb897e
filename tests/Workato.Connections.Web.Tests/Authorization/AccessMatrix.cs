namespace Workato.Connections.Web.Tests.Authorization;

/// <summary>The file that says who comes where.</summary>
internal static class AccessMatrix
{
    private const int NameWidth = 78;
    private const int Width = 11;

    public static Dictionary<string, string[]> Read() => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "AccessMatrix.txt"))
        .Where(line => line.Length > NameWidth && line[0] is >= 'A' and <= 'Z')
        .ToDictionary(line => line[..NameWidth].Trim(), line => line[NameWidth..].Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static string Heading(IEnumerable<string> everybody) => "# " + Row("", everybody)[2..];

    public static string Row(string name, IEnumerable<string> answers) => $"{name.PadRight(NameWidth)} {string.Concat(answers.Select(a => a.PadRight(Width)))}".TrimEnd();
}
