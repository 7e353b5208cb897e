using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Connectors;

namespace Workato.Connections.Authorizing;

/// <summary>Permissions: those asked for and those granted.</summary>
public static class Scopes
{
    /// <summary>What is asked for with these settings: what was chosen, what nothing works without, and nothing twice.</summary>
    public static IReadOnlyList<string> Asked(OAuth2Terms terms, IReadOnlyDictionary<string, string> settings)
    {
        var chosen = settings.GetValueOrDefault(ImpliedFields.Scopes) is { Length: > 0 } text ? Split(text) : [.. terms.Scopes.Where(s => s.Default).Select(s => s.Name)];
        return [.. terms.Scopes.Where(s => s.Required).Select(s => s.Name).Concat(chosen).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Scopes as apps write them: with spaces by the standard (RFC 6749 section 3.3), with commas by many.</summary>
    public static IReadOnlyList<string> Split(string? text) => (text ?? "").Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    // They change the protocol, not what may be done; apps that heed them mostly do not list them (OpenID Connect Core sections 3.1.2.1 and 11).
    private static readonly HashSet<string> AboutTheProtocol = new(StringComparer.OrdinalIgnoreCase) { "openid", "offline_access", "refresh_token", "offline" };

    /// <summary>What was asked for and not granted; nothing where the app does not say what it granted (RFC 6749 section 5.1).</summary>
    public static IReadOnlyList<string> Missing(string? requested, string? granted) =>
        string.IsNullOrWhiteSpace(granted) ? [] : [.. Split(requested).Except(Split(granted), StringComparer.OrdinalIgnoreCase).Where(s => !AboutTheProtocol.Contains(s) && !IsGrantedAs(s, granted!))];

    // Microsoft lists https://graph.microsoft.com/Mail.Read for Mail.Read, and the other way round.
    private static bool IsGrantedAs(string scope, string granted) => Split(granted).Any(g => g.EndsWith("/" + scope, StringComparison.OrdinalIgnoreCase) || scope.EndsWith("/" + g, StringComparison.OrdinalIgnoreCase));
}
