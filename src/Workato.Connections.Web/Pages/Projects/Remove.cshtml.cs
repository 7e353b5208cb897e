using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Projects;

/// <summary>Names what goes with a project, before it is deleted.</summary>
[Needs(Privilege.DeleteProjects, Of = Of.Project)]
internal sealed class RemoveModel(ConnectionsDbContext db, ConnectionQueries connections, ProjectRemoval removal) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public Project Project { get; private set; } = null!;

    public Page<ConnectionSummary> Connections { get; private set; } = null!;

    public Refusal? Refusal { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var cancel = context.HttpContext.RequestAborted;
        if (await db.Projects.AsNoTracking().SingleOrDefaultAsync(p => p.Id == Id && !p.IsHome, cancel) is not { } project)
        {
            context.Result = NotFound();
            return;
        }

        (Project, Connections) = (project, await connections.PageAsync(new() { ProjectId = Id, IncludeRuntime = true }, 20, cancel));
        await next();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Refusal = (await removal.DeleteAsync(Id, cancel)).Refusal;
        return Refusal is null ? RedirectToPage("/Projects/Index") : Page();
    }
}
