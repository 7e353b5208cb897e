using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Connectors;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>A page about one OAuth app: finds it before every handler, answers 404 where it is not there.</summary>
internal abstract class OAuthAppPageModel(OAuthProfiles profiles, ConnectorCatalog catalog) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public OAuthProfileSummary Profile { get; private set; } = null!;

    /// <summary>The app; null where its connector file is gone.</summary>
    public Connector? Connector => catalog.Find(Profile.Provider);

    public string Title => Connector?.Title ?? Profile.Provider;

    public Refusal? Refusal { get; protected set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await profiles.FindAsync(Id, context.HttpContext.RequestAborted) is { } found)
        {
            Profile = found;
            await next();
        }
        else
        {
            context.Result = NotFound();
        }
    }
}
