using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Connectors;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>A page about one connection: finds it before every handler, answers 404 where it is not there.</summary>
internal abstract class ConnectionPageModel(ConnectionQueries connections, ConnectorCatalog catalog) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public ConnectionSummary Connection { get; private set; } = null!;

    /// <summary>The app; null where its connector file is gone.</summary>
    public Connector? Connector => catalog.Find(Connection.Provider);

    public string Title => Connector?.Title ?? Connection.Provider;

    public Refusal? Refusal { get; protected set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!await LoadAsync(context.HttpContext.RequestAborted))
        {
            context.Result = NotFound();
            return;
        }

        await next();
    }

    protected async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await connections.FindAsync(Id, cancel) is not { } found) return false;
        Connection = found;
        return true;
    }
}
