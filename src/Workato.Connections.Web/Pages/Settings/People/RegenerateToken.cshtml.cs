using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>Says what a new token means, makes it, and shows it once.</summary>
[Needs(Privilege.UpdateApiClients)]
internal sealed class RegenerateTokenModel(ApiClients clients) : ApiClientPageModel(clients)
{
    public NewToken? Token { get; private set; }

    public async Task OnPostAsync(CancellationToken cancel)
    {
        var made = await Clients.RegenerateAsync(Id, cancel);
        Refusal = made.Refusal;
        if (Refusal is null) Token = new(Client.Name, made.Value.Token);
        Response.Headers.CacheControl = "no-cache, no-store";
    }
}
