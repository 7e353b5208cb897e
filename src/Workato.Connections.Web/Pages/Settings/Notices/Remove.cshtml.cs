using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Notices;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.Notices;

/// <summary>Says what removing a channel means, before it is done.</summary>
[Needs(Privilege.UpdateSettings)]
internal sealed class RemoveModel(NoticeChannels channels, NoticeDeliveries deliveries) : NoticeChannelPageModel(channels)
{
    public int Waiting { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => Waiting = await deliveries.WaitingAsync(Id, cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Refusal = (await Channels.DeleteAsync(Id, cancel)).Refusal;
        return Refusal is null ? RedirectToPage("/Settings/Notices/Index") : Page();
    }
}
