using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>The list of connections.</summary>
[Needs(Privilege.ReadConnections)]
internal sealed class IndexModel(ConnectionQueries connections, ConnectorCatalog catalog, ProjectDirectory projects, IWebHostEnvironment environment) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Provider { get; set; }

    [BindProperty(SupportsGet = true)]
    public ConnectionState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Project { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Before { get; set; }

    public bool IsFirst { get; private set; }

    public bool HasSampleApp => environment.IsDevelopment();

    public ConnectionList List { get; private set; } = null!;

    public IReadOnlyList<(string Provider, string Title)> Apps { get; private set; } = [];

    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public string NextPage => Url.Page(null, new { Text, Provider, State, Project, Before = List.Page.Items[^1].Id.ToString(CultureInfo.InvariantCulture) })!;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        IsFirst = !await connections.AnyAsync(cancel);
        if (IsFirst) return;
        Apps = [.. (await connections.ProvidersAsync(cancel)).Select(p => (p, catalog.TitleOf(p))).OrderBy(a => a.Item2, StringComparer.OrdinalIgnoreCase)];
        Projects = await projects.ReachedAsync(cancel);
        var filter = new ConnectionFilter { Text = Text, Provider = string.IsNullOrEmpty(Provider) ? null : Provider, State = State, ProjectId = Project, Before = Before };
        List = new(await connections.PageAsync(filter, PageSize, cancel), catalog);
    }
}
