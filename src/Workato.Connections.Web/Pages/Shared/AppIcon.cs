namespace Workato.Connections.Web.Pages.Shared;

/// <summary>A letter on a colour that is always the same for the same app: we ship no logos.</summary>
public static class AppIcon
{
    private const uint Hues = 12;

    /// <summary>The CSS class of an app's colour.</summary>
    public static string Class(string provider) => $"app-icon hue-{provider.Aggregate(7u, (hash, c) => unchecked((hash * 31) + c)) % Hues}";

    /// <summary>The letter.</summary>
    public static string Letter(string title) => title[..1].ToUpperInvariant();
}
