using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Workato.Connections.Web.Pages.Shared;

/// <summary>An instant as people say it, with the exact time on hover: <c>&lt;when at="..."&gt;</c>.</summary>
[HtmlTargetElement("when", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WhenTagHelper(TimeProvider time) : TagHelper
{
    /// <summary>The instant; null prints a dash.</summary>
    public DateTimeOffset? At { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        if (At is not { } at)
        {
            output.TagName = "span";
            output.Content.SetContent("–");
            return;
        }

        output.TagName = "time";
        output.Attributes.SetAttribute("datetime", at.ToString("O", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", at.ToString("d MMMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        output.Content.SetContent(Say(time.GetUtcNow() - at, at));
    }

    private static string Say(TimeSpan ago, DateTimeOffset at) => ago.TotalSeconds switch
    {
        < 60 => "just now",
        < 3600 => Count((int)ago.TotalMinutes, "minute"),
        < 86400 => Count((int)ago.TotalHours, "hour"),
        < 86400 * 30 => Count((int)ago.TotalDays, "day"),
        _ => "on " + at.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
    };

    private static string Count(int n, string unit) => $"{n} {unit}{(n == 1 ? "" : "s")} ago";
}
