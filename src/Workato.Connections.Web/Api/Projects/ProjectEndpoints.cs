using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Web.Api.Connections;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Api.Projects;

/// <summary>Projects, in Workato's shapes. Changing one is ours.</summary>
internal static class ProjectEndpoints
{
    public static void MapProjects(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/projects").WithTags("Projects and folders");
        group.MapGet("", ListAsync).Needs(Privilege.ReadProjects).WithSummary("List projects").Produces<ProjectResponse[]>().ProducesProblem(400).WithExample(response: $"[{Examples.Project}]");
        group.MapPut("/{id:int}", UpdateAsync).Needs(Privilege.UpdateProjects, Of.Project).WithSummary("Rename or describe a project").ProducesProblem(400).ProducesProblem(404)
            .WithExample("""{"name":"Accounting","description":"Month end and invoices"}""", Examples.Project);
        group.MapDelete("/{id:int}", DeleteAsync).Needs(Privilege.DeleteProjects, Of.Project).WithSummary("Delete a project").ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithDescription("With all folders, connections and recipes in it, unless a recipe in it runs, or one outside uses a connection of it. With force those stop, and those outside lose the connection.").WithExample(response: Examples.Success);
    }

    private static async Task<IResult> ListAsync([FromQuery] int? page, [FromQuery(Name = "per_page")] int? perPage, ConnectionsDbContext db, CurrentAccess current, CancellationToken cancel)
    {
        var paging = new Paging(page, perPage);
        if (paging.Problem() is { } problem) return Problems.From(problem);
        var roots = await db.FoldersIn(current.Access.Projects).AsNoTracking().Include(f => f.Project).Where(f => f.IsProject).OrderBy(f => f.ProjectId).Skip(paging.Skip).Take(paging.Size).ToListAsync(cancel);
        return Results.Ok(roots.Select(ProjectResponse.From));
    }

    private static async Task<Results<Ok<ProjectResponse>, ProblemHttpResult>> UpdateAsync(
        int id, ProjectBody body, ProjectService projects, ConnectionsDbContext db, CancellationToken cancel)
    {
        var root = await db.Folders.Where(f => f.ProjectId == id && f.IsProject).Select(f => (int?)f.Id).SingleOrDefaultAsync(cancel);
        var changed = root is { } folder ? await projects.ChangeAsync(folder, body.Name, body.Description, cancel) : Refusal.NotFound("Project");
        return changed.Refusal is { } refusal ? (ProblemHttpResult)Problems.From(refusal) : TypedResults.Ok(ProjectResponse.From(changed.Value!));
    }

    private static async Task<Results<Ok<SuccessAnswer>, ProblemHttpResult>> DeleteAsync(int id, bool? force, ProjectRemoval removal, CancellationToken cancel) =>
        (await removal.DeleteAsync(id, cancel, force == true)).Refusal is { } refusal ? (ProblemHttpResult)Problems.From(refusal) : TypedResults.Ok(new SuccessAnswer());
}

/// <summary>What is to be different about a project; what is left out stays.</summary>
internal sealed record ProjectBody(string? Name, string? Description);

/// <summary>A project.</summary>
/// <param name="Id">The project's own id.</param>
/// <param name="Description">What it is for.</param>
/// <param name="FolderId">Its root folder.</param>
/// <param name="Name">The name.</param>
internal sealed record ProjectResponse(int Id, string? Description, int FolderId, string Name)
{
    public static ProjectResponse From(Folder root) => new(root.ProjectId, root.Project.Description, root.Id, root.Project.Name);
}
