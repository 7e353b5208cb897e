using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>The people of the workspace, and the form by which others are invited.</summary>
[Needs(Privilege.ReadMembers)]
internal sealed class MembersModel(Members members, ProjectDirectory projects, GrantForms forms) : PageModel
{
    public const int Size = 100;

    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Skip { get; set; }

    [BindProperty(SupportsGet = true, Name = "invited")]
    public int? InvitedId { get; set; }

    public Member? Invited { get; private set; }

    public Page<Member> List { get; private set; } = null!;

    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public GrantForm Grant { get; private set; } = null!;

    public string? Email { get; private set; }

    public string? Name { get; private set; }

    public Refusal? Refusal { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Grant = await forms.EmptyAsync(cancel);
        Invited = InvitedId is { } id ? await members.FindAsync(id, cancel) : null;
        await ListAsync(cancel);
    }

    [Needs(Privilege.CreateMembers)]
    public async Task<IActionResult> OnPostAsync(string? email, string? name, GrantInput grant, CancellationToken cancel)
    {
        var invited = await members.InviteAsync(new(email, name, grant.ToGrant()), cancel);
        if (invited.Value is { } member) return RedirectToPage(new { invited = member.Id });

        (Email, Name, Refusal) = (email, name, GrantForms.Named(invited.Refusal));
        Grant = await forms.OfAsync(grant, Refusal, cancel);
        await ListAsync(cancel);
        return Page();
    }

    private async Task ListAsync(CancellationToken cancel)
    {
        Text = Text?.Replace("\0", "", StringComparison.Ordinal);
        (List, Projects) = (await members.PageAsync(Text, Size, cancel, Math.Max(0, Skip)), await projects.ReachedAsync(cancel));
    }
}
