using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>Shows a role, and changes it where it is not the product's own.</summary>
[Needs(Privilege.ReadRoles)]
internal sealed class RoleDetailsModel(Roles roles, RoleHolders holders) : RolePageModel(roles)
{
    public RoleForm Form { get; private set; } = new();

    public IReadOnlyList<ConnectionUser> Holders { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => (Form, Holders) = (RoleForm.Of(Role), await holders.OfAsync(Id, cancel));

    [Needs(Privilege.UpdateRoles)]
    public async Task<IActionResult> OnPostAsync(RoleInput input, CancellationToken cancel)
    {
        Refusal = (await Roles.UpdateAsync(Id, input.ToDraft(), cancel)).Refusal;
        if (Refusal is null) return RedirectToPage("/Settings/People/Roles", new { saved = Id });
        (Form, Holders) = (input.ToForm(Refusal), await holders.OfAsync(Id, cancel));
        return Page();
    }

    /// <summary>The page of somebody who has it.</summary>
    public static string Address(ConnectionUser holder) => holder.Kind == "member" ? $"/settings/members/{holder.Id}" : $"/settings/api-clients/{holder.Id}";
}
