using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Notices;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.Notices;

/// <summary>Makes a channel. A webhook's secret is shown once, to who made it.</summary>
[Needs(Privilege.UpdateSettings)]
internal sealed class NewModel(NoticeChannels channels, NoticeForms forms) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    public bool CanMail => channels.CanMail;

    public bool IsChosen => Kind is ChannelKinds.Email or ChannelKinds.Webhook;

    public NoticeForm Form { get; private set; } = null!;

    public NewSigningSecret? Made { get; private set; }

    public Refusal? Refusal { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => Form = await forms.EmptyAsync(Kind ?? "", cancel);

    public async Task<IActionResult> OnPostAsync(NoticeInput input, CancellationToken cancel)
    {
        var made = await channels.CreateAsync(input.ToDraft(Kind), cancel);
        if (made.Refusal is { } refusal) (Refusal, Form) = (NoticeForms.Named(refusal, Kind ?? ""), await forms.OfAsync(Kind ?? "", input, refusal, cancel));
        else if (made.Value!.Secret is { } secret) Made = new(made.Value.Channel, secret);
        else return RedirectToPage("/Settings/Notices/Details", new { id = made.Value.Channel.Id, saved = true });
        Response.Headers.CacheControl = "no-cache, no-store";
        return Page();
    }
}
