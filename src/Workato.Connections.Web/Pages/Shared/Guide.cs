using Markdig;

namespace Workato.Connections.Web.Pages.Shared;

/// <summary>Setup guides, Markdown to HTML. Raw HTML in a guide is shown as text: files come from operators, too.</summary>
public static class Guide
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().Build();

    /// <summary>The HTML of a guide.</summary>
    public static string ToHtml(string markdown) => Markdown.ToHtml(markdown, Pipeline);
}
