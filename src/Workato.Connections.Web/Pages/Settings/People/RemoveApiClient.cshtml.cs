using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>Says what removing an API client means, before it is done.</summary>
[Needs(Privilege.DeleteApiClients)]
internal sealed class RemoveApiClientModel(ApiClients clients) : ApiClientPageModel(clients)
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Refusal = (await Clients.DeleteAsync(Id, cancel)).Refusal;
        return Refusal is null ? RedirectToPage("/Settings/People/ApiClients") : Page();
    }
}
