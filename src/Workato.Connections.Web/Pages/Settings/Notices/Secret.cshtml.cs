using Workato.Connections.Notices;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.Notices;

/// <summary>Says what a new secret means, makes it, and shows it once.</summary>
[Needs(Privilege.UpdateSettings)]
internal sealed class SecretModel(NoticeChannels channels) : NoticeChannelPageModel(channels)
{
    public NewSigningSecret? Made { get; private set; }

    public async Task OnPostAsync(CancellationToken cancel)
    {
        var made = await Channels.RegenerateSecretAsync(Id, cancel);
        Refusal = made.Refusal;
        if (made.Value is { Secret: { } secret }) Made = new(Channel, secret);
        Response.Headers.CacheControl = "no-cache, no-store";
    }
}
