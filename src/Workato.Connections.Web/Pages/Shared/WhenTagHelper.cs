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

    private static string Say(TimeSpan ago, DateTimeOffset at) => ago < TimeSpan.Zero ? Ahead(-ago, at) : ago.TotalSeconds switch
    {
        < 60 => "just now",
        < 86400 * 30 => Length(ago) + " ago",
        _ => On(at),
    };

    private static string Ahead(TimeSpan ahead, DateTimeOffset at) => ahead.TotalSeconds switch
    {
        < 60 => "in a moment",
        < 86400 * 30 => "in " + Length(ahead),
        _ => On(at),
    };

    private static string Length(TimeSpan length) => length.TotalSeconds switch
    {
        < 3600 => Count((int)length.TotalMinutes, "minute"),
        < 86400 => Count((int)length.TotalHours, "hour"),
        _ => Count((int)length.TotalDays, "day"),
    };

    private static string On(DateTimeOffset at) => "on " + at.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Count(int n, string unit) => $"{n} {unit}{(n == 1 ? "" : "s")}";
}
