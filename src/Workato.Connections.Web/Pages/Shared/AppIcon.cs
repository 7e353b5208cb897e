namespace Workato.Connections.Web.Pages.Shared;

/// <summary>A letter on a colour that is always the same for the same app: we ship no logos.</summary>
public static class AppIcon
{
    private const int Hues = 12;

    /// <summary>The CSS class of an app's colour.</summary>
    public static string Class(string provider) => $"app-icon hue-{provider.Aggregate(7, (h, c) => (h * 31) + c) % Hues & int.MaxValue}";

    /// <summary>The letter.</summary>
    public static string Letter(string title) => title[..1].ToUpperInvariant();
}
