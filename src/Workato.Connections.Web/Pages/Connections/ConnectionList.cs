using Workato.Connections.Connectors;
using Workato.Connections.Data;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>Connections as a list: what <c>_List.cshtml</c> shows, on the list page and in projects.</summary>
/// <param name="Page">What is on it.</param>
/// <param name="Catalog">Where the apps' names come from.</param>
internal sealed record ConnectionList(Page<ConnectionSummary> Page, ConnectorCatalog Catalog)
{
    public string Title(ConnectionSummary connection) => Catalog.TitleOf(connection.Provider);
}
