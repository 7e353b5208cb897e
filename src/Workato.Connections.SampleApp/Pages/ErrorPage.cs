using static Workato.Connections.SampleApp.Pages.Layout;

namespace Workato.Connections.SampleApp.Pages;

/// <summary>For a person whose browser must not be sent on.</summary>
internal static class ErrorPage
{
    public static string Render(HttpContext context, string error, string description) => Layout.Render(context, "Not possible - Sample app", $"""
        <h1>This does not work</h1>
        <p class="lead">{Encode(description)}</p>
        <p>Error: <code>{Encode(error)}</code></p>
        """);
}
