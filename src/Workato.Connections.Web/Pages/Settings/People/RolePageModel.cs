using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>A page about one role: finds it before every handler, answers 404 where it is not there.</summary>
internal abstract class RolePageModel(Roles roles) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public Role Role { get; private set; } = null!;

    public Refusal? Refusal { get; protected set; }

    protected Roles Roles => roles;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await roles.FindAsync(Id, context.HttpContext.RequestAborted) is { } found)
        {
            Role = found;
            await next();
        }
        else
        {
            context.Result = NotFound();
        }
    }
}
