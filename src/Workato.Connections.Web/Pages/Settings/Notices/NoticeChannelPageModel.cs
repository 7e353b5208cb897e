using Workato.Connections.Notices;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Settings.Notices;

/// <summary>A page about one notice channel: finds it before every handler, answers 404 where it is not there.</summary>
internal abstract class NoticeChannelPageModel(NoticeChannels channels) : FoundPageModel<NoticeChannel>
{
    public NoticeChannel Channel => Found;

    protected NoticeChannels Channels => channels;

    protected override Task<NoticeChannel?> FindAsync(CancellationToken cancel) => channels.FindAsync(Id, cancel);
}
