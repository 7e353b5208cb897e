using Workato.Connections.Secrets;

namespace Workato.Connections.AuthMethods;

/// <summary>What a person gave for one connection: settings that may be shown and secrets that may not.</summary>
public sealed record FieldValues(IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, Secret> Secrets)
{
    /// <summary>No field given.</summary>
    public static FieldValues Empty { get; } = new(new Dictionary<string, string>(), new Dictionary<string, Secret>());

    /// <summary>The value of a field, secret or not, or null where none was given. For putting on a request only.</summary>
    public string? Reveal(string name) =>
        Secrets.TryGetValue(name, out var secret) ? secret.Reveal() : Settings.GetValueOrDefault(name);
}
