using static Workato.Connections.SampleApp.Pages.Layout;

namespace Workato.Connections.SampleApp.Pages;

/// <summary>Shows the verifier to a person who carries it over to a client without an address (RFC 5849, 2.2).</summary>
internal static class VerifierPage
{
    public static string Render(HttpContext context, string? verifier) => Layout.Render(context, "Allow access? - Sample app", verifier is null
        ? "<h1>Denied</h1><p class=\"lead\">You may close this page.</p>"
        : $"<h1>Allowed</h1><p class=\"lead\">Type this into the program that sent you here:</p><p><code>{Encode(verifier)}</code></p>");
}
