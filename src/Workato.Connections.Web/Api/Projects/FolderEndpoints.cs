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

/// <summary>Folders, in Workato's shapes. Renaming is ours.</summary>
internal static class FolderEndpoints
{
    public static void MapFolders(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/folders").WithTags("Projects and folders");
        group.MapGet("", ListAsync).Needs(Privilege.ReadFolders).WithSummary("List folders").Produces<FolderResponse[]>().ProducesProblem(400).WithExample(response: $"[{Examples.Folder}]");
        group.MapPost("", CreateAsync).NeedsOneOf(Of.Workspace, Privilege.CreateFolders, Privilege.CreateProjects).WithSummary("Create a folder").ProducesProblem(400).WithExample("""{"name":"Finance"}""", Examples.Folder)
            .WithDescription("Without parent_id, or directly under Home, the folder becomes a project.");
        group.MapPut("/{id:int}", UpdateAsync).NeedsOneOf(Of.Folder, Privilege.UpdateFolders, Privilege.UpdateProjects).WithSummary("Rename a folder").ProducesProblem(400).ProducesProblem(404);
        group.MapDelete("/{id:int}", DeleteAsync).Needs(Privilege.DeleteFolders, Of.Folder).WithSummary("Delete an empty folder").ProducesProblem(403).ProducesProblem(404).WithExample(response: Examples.Success);
    }

    private static async Task<IResult> ListAsync(
        [FromQuery(Name = "parent_id")] int? parentId, [FromQuery] int? page, [FromQuery(Name = "per_page")] int? perPage, ConnectionsDbContext db, CurrentAccess current, CancellationToken cancel)
    {
        var paging = new Paging(page, perPage);
        if (paging.Problem() is { } problem) return Problems.From(problem);
        var folders = db.FoldersIn(current.Access.Projects).AsNoTracking();
        if (parentId is not null) folders = folders.Where(f => f.ParentId == parentId);
        var rows = await folders.OrderBy(f => f.Id).Skip(paging.Skip).Take(paging.Size).ToListAsync(cancel);
        return Results.Ok(rows.Select(FolderResponse.From));
    }

    private static async Task<Results<Ok<FolderResponse>, ProblemHttpResult>> CreateAsync(FolderBody body, ProjectService projects, CancellationToken cancel) =>
        Answer(await projects.CreateAsync(body.Name, body.ParentId, cancel));

    private static async Task<Results<Ok<FolderResponse>, ProblemHttpResult>> UpdateAsync(int id, FolderBody body, ProjectService projects, CancellationToken cancel) =>
        body.ParentId is not null
            ? (ProblemHttpResult)Problems.Invalid("parent_id", "cannot be changed: a folder stays where it is")
            : Answer(await projects.ChangeAsync(id, body.Name, null, cancel));

    private static async Task<Results<Ok<SuccessAnswer>, ProblemHttpResult>> DeleteAsync(int id, ProjectService projects, CancellationToken cancel) =>
        (await projects.DeleteFolderAsync(id, cancel)).Refusal is { } refusal ? (ProblemHttpResult)Problems.From(refusal) : TypedResults.Ok(new SuccessAnswer());

    private static Results<Ok<FolderResponse>, ProblemHttpResult> Answer(Result<Folder> result) =>
        result.Refusal is { } refusal ? (ProblemHttpResult)Problems.From(refusal) : TypedResults.Ok(FolderResponse.From(result.Value!));
}

/// <summary>A folder to be made or renamed.</summary>
/// <param name="Name">Unique among its siblings, up to 255 characters.</param>
/// <param name="ParentId">The folder it lies in; Home when left out.</param>
internal sealed record FolderBody(string? Name, int? ParentId);

/// <summary>A folder.</summary>
internal sealed record FolderResponse(int Id, string Name, int? ParentId, bool IsProject, int ProjectId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static FolderResponse From(Folder f) => new(f.Id, f.Name, f.ParentId, f.IsProject, f.ProjectId, f.CreatedAt, f.UpdatedAt);
}
