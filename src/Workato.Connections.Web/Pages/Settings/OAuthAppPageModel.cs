using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Connectors;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>A page about one OAuth app: finds it before every handler, answers 404 where it is not there.</summary>
internal abstract class OAuthAppPageModel(OAuthProfiles profiles, ConnectorCatalog catalog) : FoundPageModel<OAuthProfileSummary>
{
    public OAuthProfileSummary Profile => Found;

    /// <summary>The app; null where its connector file is gone.</summary>
    public Connector? Connector => catalog.Find(Profile.Provider);

    public string Title => Connector?.Title ?? Profile.Provider;

    protected override Task<OAuthProfileSummary?> FindAsync(CancellationToken cancel) => profiles.FindAsync(Id, cancel);
}
