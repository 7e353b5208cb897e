using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Projects;

/// <summary>The projects.</summary>
[Needs(Privilege.ReadProjects)]
internal sealed class IndexModel(ConnectionsDbContext db, CurrentAccess current, ProjectService service) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    public Refusal? Refusal { get; private set; }

    public IReadOnlyList<(Project Project, int Connections)> Projects { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var (connections, folders) = (db.Connections, db.Folders);
        var rows = await db.ProjectsIn(current.Access.Projects).AsNoTracking().OrderByDescending(p => p.IsHome).ThenBy(p => p.Name)
            .Select(p => new { Project = p, Count = connections.Count(c => folders.Any(f => f.Id == c.FolderId && f.ProjectId == p.Id)) }).ToListAsync(cancel);
        Projects = [.. rows.Select(r => (r.Project, r.Count))];
    }

    [Needs(Privilege.CreateProjects)]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var made = await service.CreateAsync(Name, null, cancel);
        if (made.Value is { } folder) return RedirectToPage("/Projects/Details", new { id = folder.ProjectId });
        Refusal = made.Refusal;
        await OnGetAsync(cancel);
        return Page();
    }
}
