using Workato.Connections.SampleApp.SignIn.OAuth2;
using static Workato.Connections.SampleApp.Pages.Layout;

namespace Workato.Connections.SampleApp.Pages;

/// <summary>Where a person types in the code that a device shows (RFC 8628, 3.3).</summary>
internal static class DevicePage
{
    /// <summary>The empty form, or one that says that what was typed is no code.</summary>
    public static string Render(HttpContext context, string? wrong) => Layout.Render(context, "Connect a device - Sample app", $"""
        <h1>Connect a device</h1>
        {(wrong is null ? "" : $"""<p role="alert">The code {Encode(wrong)} is not known, or no longer. Look at the device again.</p>""")}
        <form method="get" action="{Encode(MountPoint.Url(context, Server.DevicePage))}">
          <label for="user_code">The code that the device shows</label>
          <input id="user_code" name="user_code" autocomplete="off" autocapitalize="characters" spellcheck="false" required>
          <button>Go on</button>
        </form>
        """);

    public static string RenderDone(HttpContext context, bool allowed) => Layout.Render(context, "Connect a device - Sample app", $"""
        <h1>{(allowed ? "Allowed" : "Denied")}</h1>
        <p class="lead">{(allowed ? "The device goes on by itself in a few seconds." : "The device will say that you did not allow it.")} You may close this page.</p>
        """);
}
