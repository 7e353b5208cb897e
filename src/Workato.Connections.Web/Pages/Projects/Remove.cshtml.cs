using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Recipes;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Projects;

/// <summary>Names what goes with a project, before it is deleted.</summary>
[Needs(Privilege.DeleteProjects, Of = Of.Project)]
internal sealed class RemoveModel(ConnectionsDbContext db, ConnectionQueries connections, RecipeQueries recipes, ConnectionGuards guards, ProjectRemoval removal) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public Project Project { get; private set; } = null!;

    public Page<ConnectionSummary> Connections { get; private set; } = null!;

    public Page<Recipe> Recipes { get; private set; } = null!;

    /// <summary>What elsewhere uses connections of it.</summary>
    public IReadOnlyList<ConnectionUser> Users { get; private set; } = [];

    /// <summary>Whether what stops was shown, and is to be stopped.</summary>
    [BindProperty]
    public bool Force { get; set; }

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
        Recipes = await recipes.PageAsync(new() { ProjectId = Id }, 20, cancel);
        var (folders, own) = (db.Folders, await OwnAsync(cancel));
        var ids = await db.Connections.Where(c => folders.Any(f => f.Id == c.FolderId && f.ProjectId == Id)).Select(c => c.Id).ToListAsync(cancel);
        Users = [.. (await guards.UsersAsync(ids, cancel)).Where(u => u.Id is not { } id || !own.Contains(id))];
        await next();
    }

    private Task<HashSet<int>> OwnAsync(CancellationToken cancel)
    {
        var folders = db.Folders;
        return db.Recipes.Where(r => folders.Any(f => f.Id == r.FolderId && f.ProjectId == Id)).Select(r => r.Id).ToHashSetAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Refusal = (await removal.DeleteAsync(Id, cancel, Force)).Refusal;
        return Refusal is null ? RedirectToPage("/Projects/Index") : Page();
    }
}
