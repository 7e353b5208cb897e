using Workato.Connections.Privileges;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>A page about one API client: finds it before every handler, answers 404 where it is not there.</summary>
internal abstract class ApiClientPageModel(ApiClients clients) : FoundPageModel<ApiClient>
{
    public ApiClient Client => Found;

    protected ApiClients Clients => clients;

    protected override Task<ApiClient?> FindAsync(CancellationToken cancel) => clients.FindAsync(Id, cancel);
}
