using Workato.Connections.Connectors;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>A page about one connection: finds it before every handler, answers 404 where it is not there.</summary>
internal abstract class ConnectionPageModel(ConnectionQueries connections, ConnectorCatalog catalog) : FoundPageModel<ConnectionSummary>
{
    public ConnectionSummary Connection => Found;

    /// <summary>The app; null where its connector file is gone.</summary>
    public Connector? Connector => catalog.Find(Connection.Provider);

    public string Title => Connector?.Title ?? Connection.Provider;

    protected override Task<ConnectionSummary?> FindAsync(CancellationToken cancel) => connections.FindAsync(Id, cancel);
}
