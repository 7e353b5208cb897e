using System.Text.Encodings.Web;

namespace Workato.Connections.SampleApp.Pages;

/// <summary>The frame around every page.</summary>
internal static class Layout
{
    public static string Render(HttpContext context, string title, string main) => $"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>{Encode(title)}</title>
          <link rel="icon" href="{Encode(MountPoint.Url(context, "/icon.svg"))}">
          <link rel="stylesheet" href="{Encode(MountPoint.Url(context, "/style.css"))}">
        </head>
        <body>
        <main>
        {main}
        </main>
        </body>
        </html>
        """;

    /// <summary>A line of a list of terms.</summary>
    public static string Entry(string term, string text, bool code = false) =>
        $"<div><dt>{Encode(term)}</dt><dd>{(code ? $"<code>{Encode(text)}</code>" : Encode(text))}</dd></div>";

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
