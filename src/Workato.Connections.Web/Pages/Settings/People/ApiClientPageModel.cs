using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>A page about one API client: finds it before every handler, answers 404 where it is not there.</summary>
internal abstract class ApiClientPageModel(ApiClients clients) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public ApiClient Client { get; private set; } = null!;

    public Refusal? Refusal { get; protected set; }

    protected ApiClients Clients => clients;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await clients.FindAsync(Id, context.HttpContext.RequestAborted) is { } found)
        {
            Client = found;
            await next();
        }
        else
        {
            context.Result = NotFound();
        }
    }
}
