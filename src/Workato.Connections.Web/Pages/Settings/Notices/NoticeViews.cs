using System.Globalization;
using Workato.Connections.Notices;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Settings.Notices;

/// <summary>Channels and deliveries as the pages say them.</summary>
internal static class NoticeViews
{
    public static string Kind(NoticeChannel channel) => channel.Kind == ChannelKinds.Email ? "E-mail" : "Webhook";

    public static StatusView State(NoticeChannel channel) => channel switch
    {
        { StoppedAt: not null, Problem: not null } => new("Switched off", "bad", "!"),
        { StoppedAt: not null } => new("Off", "idle", "–"),
        { FailingSince: not null } => new("Not getting through", "warn", "~"),
        { Problem: not null } => new("On", "warn", "~"),
        _ => new("On", "ok", "✓"),
    };

    public static StatusView State(NoticeDelivery delivery) => delivery switch
    {
        { DueAt: not null } => new("Waiting", "warn", "~"),
        { SentAt: not null } => new("Arrived", "ok", "✓"),
        { Problem: NoticeSending.Over } => new("Not needed", "idle", "–"),
        _ => new(delivery.Event == NoticeMessage.Test ? "Failed" : "Given up", "bad", "!"),
    };

    public static string Event(NoticeDelivery delivery) => delivery.Event switch
    {
        NoticeMessage.Opened => "beginning",
        NoticeMessage.Resolved => "end",
        _ => "trial",
    };

    public static string Quiet(NoticeChannel channel) => channel is { QuietFrom: { } from, QuietTo: { } to }
        ? string.Create(CultureInfo.InvariantCulture, $"{from:HH:mm} to {to:HH:mm}, {channel.TimeZone ?? "UTC"}")
        : "None";
}
