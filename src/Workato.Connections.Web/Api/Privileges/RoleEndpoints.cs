using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Api.Connections;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Api.Privileges;

/// <summary>Roles, in Workato's shapes.</summary>
internal static class RoleEndpoints
{
    private const string Covered = "Nobody gives away more than they have: a privilege that the caller's own role does not give is refused.";

    public static void MapRoles(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/roles").WithTags("Roles");
        group.MapGet("", ListAsync).Needs(Privilege.ReadRoles).WithSummary("List roles").Produces<RoleResponse[]>().ProducesProblem(400)
            .WithDescription("The product's own first: Owner, Admin, Analyst and Operator. Owner has every privilege there is, by its name.").WithExample(response: $"[{PeopleExamples.Role}]");
        group.MapGet("/{id:int}", FindAsync).Needs(Privilege.ReadRoles).WithSummary("Get a role").ProducesProblem(404).WithExample(response: PeopleExamples.Role);
        group.MapPost("", CreateAsync).Needs(Privilege.CreateRoles).WithSummary("Create a role").ProducesProblem(400).ProducesProblem(403).WithExample(PeopleExamples.CreateRole, PeopleExamples.Role).WithDescription(Covered);
        group.MapPut("/{id:int}", UpdateAsync).Needs(Privilege.UpdateRoles).WithSummary("Update a role").ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).WithExample(PeopleExamples.UpdateRole, PeopleExamples.Role)
            .WithDescription("What is left out stays; privileges are replaced as a whole. Counts at once for everybody who has it. System roles are never changed. " + Covered);
        group.MapPost("/{id:int}/copy", CopyAsync).Needs(Privilege.CreateRoles).WithSummary("Copy a role").ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).WithExample(response: PeopleExamples.Role)
            .WithDescription("The body may be left out. " + Covered);
        group.MapDelete("/{id:int}", DeleteAsync).Needs(Privilege.DeleteRoles).WithSummary("Delete a role").ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithDescription("Refused while members or API clients have it; in_use_by names the first 20 of them.").WithExample(response: Examples.Success);
    }

    private static async Task<IResult> ListAsync([FromQuery] int? page, [FromQuery(Name = "per_page")] int? perPage, Roles roles, CancellationToken cancel)
    {
        var paging = new Paging(page, perPage);
        return paging.Problem() is { } problem ? Problems.From(problem) : Results.Ok(paging.Of(await roles.ListAsync(cancel)).Select(RoleResponse.From));
    }

    private static async Task<Results<Ok<RoleResponse>, ProblemHttpResult>> FindAsync(int id, Roles roles, CancellationToken cancel) =>
        await roles.FindAsync(id, cancel) is { } found ? TypedResults.Ok(RoleResponse.From(found)) : (ProblemHttpResult)Problems.From(Refusal.NotFound("Role"));

    private static async Task<Results<Ok<RoleResponse>, ProblemHttpResult>> CreateAsync(RoleBody body, Roles roles, CancellationToken cancel)
    {
        var draft = body.ToDraft();
        return draft.Refusal is { } wrong ? (ProblemHttpResult)Problems.From(wrong) : Answer(await roles.CreateAsync(draft.Value!, cancel));
    }

    private static async Task<Results<Ok<RoleResponse>, ProblemHttpResult>> UpdateAsync(int id, RoleBody body, Roles roles, CancellationToken cancel)
    {
        if (await roles.FindAsync(id, cancel) is null) return (ProblemHttpResult)Problems.From(Refusal.NotFound("Role"));
        var draft = body.ToDraft();
        return draft.Refusal is { } wrong ? (ProblemHttpResult)Problems.From(wrong) : Answer(await roles.UpdateAsync(id, draft.Value!, cancel));
    }

    private static async Task<Results<Ok<RoleResponse>, ProblemHttpResult>> CopyAsync(int id, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] CopyBody? body, Roles roles, CancellationToken cancel) =>
        Answer(await roles.CopyAsync(id, body?.Name, cancel));

    private static async Task<Results<Ok<SuccessAnswer>, ProblemHttpResult>> DeleteAsync(int id, Roles roles, CancellationToken cancel) =>
        (await roles.DeleteAsync(id, cancel)).Refusal is { } refusal ? (ProblemHttpResult)Problems.From(refusal) : TypedResults.Ok(new SuccessAnswer());

    private static Results<Ok<RoleResponse>, ProblemHttpResult> Answer(Result<Role> result) =>
        result.Refusal is { } refusal ? (ProblemHttpResult)Problems.From(refusal) : TypedResults.Ok(RoleResponse.From(result.Value!));
}
