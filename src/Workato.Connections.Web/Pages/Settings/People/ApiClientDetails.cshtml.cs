using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>Changes an API client. Its token stays.</summary>
[Needs(Privilege.UpdateApiClients)]
internal sealed class ApiClientDetailsModel(ApiClients clients, GrantForms forms) : ApiClientPageModel(clients)
{
    public ApiClientForm Form { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public bool Saved { get; set; }

    public async Task OnGetAsync(CancellationToken cancel) => Form = new()
    {
        Name = Client.Name,
        Networks = string.Join('\n', Client.AllowedNetworks.Select(Networks.Display)),
        LastDay = ApiClientForm.DayOf(Client.ExpiresAt),
        Grant = await forms.OfAsync(new Granted(Client.Role, Client.AllProjects, Client.ProjectIds), cancel),
    };

    public async Task<IActionResult> OnPostAsync(ApiClientInput input, GrantInput grant, CancellationToken cancel)
    {
        var draft = input.ToDraft(grant, Client.ExpiresAt);
        var changed = draft.Refusal is { } wrong ? wrong : await Clients.UpdateAsync(Id, draft.Value!, cancel);
        if (changed.Refusal is null) return RedirectToPage(new { Id, saved = true });

        Refusal = GrantForms.Named(changed.Refusal);
        Form = new() { Name = input.Name, Networks = input.Networks, LastDay = input.LastDay, Grant = await forms.OfAsync(grant, Refusal, cancel) };
        return Page();
    }
}
