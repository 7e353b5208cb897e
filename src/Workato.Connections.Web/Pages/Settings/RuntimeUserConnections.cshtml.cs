using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>The connections of end users, which no other list shows.</summary>
[Needs(Privilege.ReadRuntimeConnections)]
internal sealed class RuntimeUserConnectionsModel(ConnectionQueries connections, ConnectorCatalog catalog) : PageModel
{
    public const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "user")]
    public string? EndUser { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Parent { get; set; }

    [BindProperty(SupportsGet = true)]
    public ConnectionState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Before { get; set; }

    [TempData]
    public string? Done { get; set; }

    public Page<ConnectionSummary> List { get; private set; } = null!;

    public IReadOnlyList<(int Id, string Name)> Parents { get; private set; } = [];

    public bool IsNarrowed => !string.IsNullOrWhiteSpace(EndUser) || Parent is not null || State is not null;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (EndUser?.Contains('\0', StringComparison.Ordinal) == true) EndUser = null;
        Parents = await connections.ParentsAsync(cancel);
        List = await connections.PageAsync(new() { OnlyRuntime = true, IncludeRuntime = true, ExternalIdText = EndUser?.Trim(), ParentId = Parent, State = State, Before = Before }, Size, cancel);
    }

    public string Title(ConnectionSummary connection) => catalog.TitleOf(connection.Provider);

    public string ParentName(ConnectionSummary connection) => Parents.FirstOrDefault(p => p.Id == connection.ParentId).Name ?? $"Connection {connection.ParentId}";
}
