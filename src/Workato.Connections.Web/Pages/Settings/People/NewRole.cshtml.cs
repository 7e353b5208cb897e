using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>Makes a role: from nothing, or beginning with what another one allows.</summary>
[Needs(Privilege.CreateRoles)]
internal sealed class NewRoleModel(Roles roles, CurrentAccess current) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int? Copy { get; set; }

    public RoleForm Form { get; private set; } = new();

    public Refusal? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (Copy is not { } id) return Page();
        if (await roles.FindAsync(id, cancel) is not { } role) return NotFound();
        Form = RoleForm.Of(role) with { Name = $"{role.Name} copy", Privileges = [.. role.Privileges.Where(current.Access.May)] };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(RoleInput input, CancellationToken cancel)
    {
        var made = await roles.CreateAsync(input.ToDraft(), cancel);
        if (made.Value is { } role) return RedirectToPage("/Settings/People/Roles", new { saved = role.Id });
        Refusal = made.Refusal;
        Form = input.ToForm(Refusal);
        return Page();
    }
}
