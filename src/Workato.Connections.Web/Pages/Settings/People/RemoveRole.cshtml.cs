using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>Names who has a role, before it is deleted.</summary>
[Needs(Privilege.DeleteRoles)]
internal sealed class RemoveRoleModel(Roles roles, RoleHolders holders) : RolePageModel(roles)
{
    public IReadOnlyList<ConnectionUser> Holders { get; private set; } = [];

    public bool IsPossible => !Role.IsSystem && Holders.Count == 0;

    public async Task OnGetAsync(CancellationToken cancel) => Holders = await holders.OfAsync(Id, cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Refusal = (await Roles.DeleteAsync(Id, cancel)).Refusal;
        if (Refusal is null) return RedirectToPage("/Settings/People/Roles");
        Holders = await holders.OfAsync(Id, cancel);
        return Page();
    }
}
