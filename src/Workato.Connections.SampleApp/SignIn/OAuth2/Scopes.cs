namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>What tokens can be good for.</summary>
internal static class Scopes
{
    public const string NotesRead = "notes.read";
    public const string NotesWrite = "notes.write";
    public const string Profile = "profile";

    /// <summary>With the words of the consent page.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [NotesRead] = "Read notes",
        [NotesWrite] = "Write notes and throw them away",
        [Profile] = "See your name and e-mail address",
    };

    /// <summary>Nothing asked: the least there is (RFC 6749, 3.3 lets the server choose and say so).</summary>
    public static IReadOnlyList<string> Split(string? scope) =>
        scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() is { Length: > 0 } asked ? asked : [Profile];

    public static bool AreKnown(IEnumerable<string> scopes) => scopes.All(All.ContainsKey);
}
