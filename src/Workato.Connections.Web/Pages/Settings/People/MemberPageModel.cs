using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>A page about one member: finds them before every handler, answers 404 where they are not there.</summary>
internal abstract class MemberPageModel(Members members) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public Member Member { get; private set; } = null!;

    public Refusal? Refusal { get; protected set; }

    protected Members Members => members;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await members.FindAsync(Id, context.HttpContext.RequestAborted) is { } found)
        {
            Member = found;
            await next();
        }
        else
        {
            context.Result = NotFound();
        }
    }
}
