using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>The wizard's first step: find an app.</summary>
[Needs(Privilege.CreateConnections)]
internal sealed class NewModel(ConnectorCatalog catalog) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Category { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Folder { get; set; }

    public IEnumerable<string> Categories => catalog.All.SelectMany(c => c.Categories).Distinct().Order(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Connector> Apps => [.. catalog.All.Where(IsWanted).OrderByDescending(c => c.Title.StartsWith(Text ?? "", StringComparison.OrdinalIgnoreCase)).ThenBy(c => c.Title, StringComparer.OrdinalIgnoreCase)];

    public IReadOnlyList<ConnectorProblem> Refused => catalog.Problems;

    public string Link(string provider) => $"/connections/new/{provider}" + (Folder is { } folder ? $"?folder={folder.ToString(CultureInfo.InvariantCulture)}" : "");

    private bool IsWanted(Connector connector) =>
        (string.IsNullOrEmpty(Category) || connector.Categories.Contains(Category))
        && (string.IsNullOrWhiteSpace(Text) || new[] { connector.Title, connector.Provider, connector.Description }.Concat(connector.Categories)
            .Any(t => t.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase)));
}
