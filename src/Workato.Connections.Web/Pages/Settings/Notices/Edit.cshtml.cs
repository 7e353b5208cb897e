using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Notices;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.Notices;

/// <summary>Changes a channel. Its secret stays.</summary>
[Needs(Privilege.UpdateSettings)]
internal sealed class EditModel(NoticeChannels channels, NoticeForms forms) : NoticeChannelPageModel(channels)
{
    public NoticeForm Form { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel) => Form = await forms.OfAsync(Channel, cancel);

    public async Task<IActionResult> OnPostAsync(NoticeInput input, CancellationToken cancel)
    {
        if ((await Channels.UpdateAsync(Id, input.ToDraft(kind: null), cancel)).Refusal is not { } refusal) return RedirectToPage("/Settings/Notices/Details", new { Id, saved = true });
        (Refusal, Form) = (NoticeForms.Named(refusal, Channel.Kind), await forms.OfAsync(Channel.Kind, input, refusal, cancel));
        return Page();
    }
}
