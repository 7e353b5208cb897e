using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>Names the connections that need an OAuth app, before it is removed.</summary>
[Needs(Privilege.DeleteOAuthProfiles)]
internal sealed class RemoveOAuthAppModel(OAuthProfiles profiles, ConnectorCatalog catalog) : OAuthAppPageModel(profiles, catalog)
{
    private readonly OAuthProfiles profiles = profiles;

    public IReadOnlyList<ConnectionUser> Users { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Users = await profiles.UsersAsync(Id, cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Refusal = (await profiles.DeleteAsync(Id, cancel)).Refusal;
        if (Refusal is null) return RedirectToPage("/Settings/OAuthApps");
        Users = Refusal.Users;
        return Page();
    }
}
