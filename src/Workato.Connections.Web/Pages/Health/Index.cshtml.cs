using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Health;

/// <summary>How all connections stand, at a glance.</summary>
[Needs(Privilege.ReadConnections)]
internal sealed class IndexModel(HealthOverview overview, ConnectionQueries connections) : PageModel
{
    public HealthReport Report { get; private set; } = null!;

    /// <summary>Whether there is any connection at all.</summary>
    public bool HasConnections { get; private set; }

    public string App(string provider) => overview.App(provider);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Report = await overview.ReadAsync(cancel);
        HasConnections = await connections.AnyAsync(cancel);
    }
}
