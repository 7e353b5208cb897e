using System.Globalization;
using System.Net;
using System.Text;

namespace Workato.Connections.Notices;

/// <summary>Writes a notice as an e-mail: the same words plain and as HTML.</summary>
internal static class NoticeMail
{
    /// <summary>The subject: one line, whatever a connection is called.</summary>
    public static string Subject(NoticeMessage message) => string.Concat(message.Data.Title.Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>For programs that show no HTML.</summary>
    public static string Plain(NoticeMessage message, NoticeChannel channel, string settings)
    {
        var text = new StringBuilder();
        foreach (var part in Parts(message, channel))
        {
            text.AppendLine(part.Text);
            foreach (var line in part.Lines) text.Append("- ").AppendLine(line.Url is null ? line.Text : $"{line.Text}\n  {line.Url}");
            text.AppendLine();
        }

        return text.Append("Open it: ").AppendLine(message.Data.Url).AppendLine().AppendLine(Why(channel)).AppendLine(settings).ToString();
    }

    /// <summary>For all others. Nothing in it is loaded from anywhere.</summary>
    public static string Html(NoticeMessage message, NoticeChannel channel, string settings)
    {
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"></head><body style=\"font-family:sans-serif;line-height:1.5;max-width:40em\">");
        html.Append("<h1 style=\"font-size:1.25em\">").Append(Encode(message.Data.Title)).Append("</h1>");
        foreach (var part in Parts(message, channel).Skip(1))
        {
            html.Append("<p style=\"white-space:pre-line\">").Append(Encode(part.Text)).Append("</p>");
            if (part.Lines.Count == 0) continue;
            html.Append("<ul>");
            foreach (var line in part.Lines) html.Append("<li>").Append(line.Url is null ? Encode(line.Text) : Link(line.Url, line.Text)).Append("</li>");
            html.Append("</ul>");
        }

        return html.Append("<p>").Append(Link(message.Data.Url, "Open it in Connections")).Append("</p><p style=\"font-size:.85em;color:#555\">")
            .Append(Encode(Why(channel))).Append(' ').Append(Link(settings, "Change the channel")).Append("</p></body></html>").ToString();
    }

    private static IEnumerable<Part> Parts(NoticeMessage message, NoticeChannel channel)
    {
        var data = message.Data;
        yield return new(data.Title);
        yield return new(data.Message);
        if (data.Evidence is { Length: > 0 } evidence) yield return new($"What was answered: {evidence}");
        if (data.OpenedAt is { } opened) yield return new($"Since {When(opened, channel)}.");
        if (data.Connections is { Count: > 1 } connections) yield return new(Count(data.ConnectionsCount ?? connections.Count, "connection", "is concerned", "are concerned"), [.. connections.Select(c => new Line($"{c.Name} (project {c.Project})", c.Url)), .. More(data.ConnectionsCount - connections.Count)]);
        else if (data.Connections is [{ } only]) yield return new($"Connection: {only.Name}, in the project {only.Project}.");
        if (data.Recipes is { } recipes && recipes.Count + (data.OtherRecipesCount ?? 0) is var stopped and > 0)
        {
            yield return new(
                Count(stopped - recipes.Count + (data.RecipesCount ?? recipes.Count), "recipe", data.Warning == true ? "will stand still then" : "stands still or fails because of it", data.Warning == true ? "will stand still then" : "stand still or fail because of it"),
                [.. recipes.Select(r => new Line(r.Name, r.Url)), .. More(data.RecipesCount - recipes.Count), .. Elsewhere(data.OtherRecipesCount)]);
        }
    }

    private static string When(DateTimeOffset at, NoticeChannel channel) =>
        TimeZoneInfo.ConvertTime(at, QuietHours.Zone(channel.TimeZone)).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture) + $" ({channel.TimeZone ?? "UTC"})";

    private static string Count(int count, string thing, string one, string many) => count == 1 ? $"1 {thing} {one}:" : string.Create(CultureInfo.InvariantCulture, $"{count} {thing}s {many}:");

    private static Line[] More(int? count) => count is > 0 ? [new($"and {count} more", null)] : [];

    private static Line[] Elsewhere(int? count) => count is > 0 ? [new(count == 1 ? "1 in another project" : $"{count} in other projects", null)] : [];

    private static string Why(NoticeChannel channel) => $"You get this by the notice channel “{channel.Name}”.";

    private static string Link(string url, string text) => $"<a href=\"{Encode(url)}\">{Encode(text)}</a>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private sealed record Part(string Text, IReadOnlyList<Line> Lines)
    {
        public Part(string text)
            : this(text, [])
        {
        }
    }

    private sealed record Line(string Text, string? Url);
}
