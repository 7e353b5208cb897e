using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>Gives a member another role or other projects.</summary>
[Needs(Privilege.UpdateMembers)]
internal sealed class MemberDetailsModel(Members members, GrantForms forms) : MemberPageModel(members)
{
    public GrantForm Grant { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public bool Saved { get; set; }

    public async Task OnGetAsync(CancellationToken cancel) => Grant = await forms.OfAsync(new Granted(Member.Role, Member.AllProjects, Member.ProjectIds), cancel);

    public async Task<IActionResult> OnPostAsync(GrantInput grant, CancellationToken cancel)
    {
        var changed = await Members.ChangeAsync(Id, grant.ToGrant(), cancel);
        if (changed.Refusal is null) return RedirectToPage(new { Id, saved = true });

        Refusal = GrantForms.Named(changed.Refusal);
        Grant = await forms.OfAsync(grant, Refusal, cancel);
        return Page();
    }
}
