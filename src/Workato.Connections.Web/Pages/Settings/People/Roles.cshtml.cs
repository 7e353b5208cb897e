using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>The roles, with how many have each.</summary>
[Needs(Privilege.ReadRoles)]
internal sealed class RolesModel(Roles roles, RoleHolders holders) : PageModel
{
    private IReadOnlyDictionary<int, (int Members, int Clients)> counts = new Dictionary<int, (int, int)>();

    public IReadOnlyList<Role> List { get; private set; } = [];

    [BindProperty(SupportsGet = true, Name = "saved")]
    public int? SavedId { get; set; }

    public Role? Saved => List.FirstOrDefault(r => r.Id == SavedId);

    public async Task OnGetAsync(CancellationToken cancel) => (List, counts) = (await roles.ListAsync(cancel), await holders.CountAsync(cancel));

    /// <summary>How many have it, in words.</summary>
    public string Who(Role role)
    {
        var (members, clients) = counts.GetValueOrDefault(role.Id);
        string[] parts = [.. new[] { Count(members, "member"), Count(clients, "API client") }.OfType<string>()];
        return parts.Length == 0 ? "nobody yet" : string.Join(", ", parts);
    }

    private static string? Count(int n, string what) => n == 0 ? null : $"{n} {what}{(n == 1 ? "" : "s")}";
}
