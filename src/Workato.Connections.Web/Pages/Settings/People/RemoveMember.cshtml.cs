using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>Says what removing a member means, and names the connections they authorized, before it is done.</summary>
[Needs(Privilege.DeleteMembers)]
internal sealed class RemoveMemberModel(Members members, ConnectionQueries connections) : MemberPageModel(members)
{
    private const int Named = 50;

    public Page<ConnectionSummary> Authorized { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken cancel) => ListAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Refusal = (await Members.RemoveAsync(Id, cancel)).Refusal;
        if (Refusal is null) return RedirectToPage("/Settings/People/Members");
        await ListAsync(cancel);
        return Page();
    }

    private async Task ListAsync(CancellationToken cancel) => Authorized = await connections.PageAsync(new() { AuthorizedById = Id, IncludeRuntime = true }, Named, cancel);
}
