using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Notices;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.Notices;

/// <summary>Lists where notices go.</summary>
[Needs(Privilege.ReadSettings)]
internal sealed class IndexModel(NoticeChannels channels, ProjectDirectory projects) : PageModel
{
    public IReadOnlyList<NoticeChannel> Channels { get; private set; } = [];

    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => (Channels, Projects) = (await channels.ListAsync(cancel), await projects.ReachedAsync(cancel));
}
