using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;
using Workato.Connections.Web.Api.Authorizing;
using Workato.Connections.Web.Api.Connections;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Api.Privileges;

/// <summary>API clients, in Workato's shapes. Expiry and last use are ours.</summary>
internal static class ApiClientEndpoints
{
    private const string Covered = "Nobody gives away more than they have: neither a role that allows more than the caller's own, nor projects beyond its reach. ";

    public static void MapApiClients(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/developer_api_clients").WithTags("API clients");
        group.MapGet("", ListAsync).Needs(Privilege.ReadApiClients).WithSummary("List API clients").Produces<CountedAnswer<ApiClientResponse>>().ProducesProblem(400)
            .WithDescription("Oldest first; result.count is how many there are in all.").WithExample(response: PeopleExamples.ApiClients);
        group.MapGet("/{id:int}", FindAsync).Needs(Privilege.ReadApiClients).WithSummary("Get an API client").ProducesProblem(404).WithExample(response: PeopleExamples.ApiClientResult);
        group.MapPost("", CreateAsync).Needs(Privilege.CreateApiClients).WithSummary("Create an API client").ProducesProblem(400).ProducesProblem(403).WithExample(PeopleExamples.CreateApiClient, PeopleExamples.ApiClientMade)
            .WithDescription(Covered + "The token is in result.token.value of this answer and is never shown again.");
        group.MapPut("/{id:int}", UpdateAsync).Needs(Privilege.UpdateApiClients).WithSummary("Update an API client").ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).WithExample(PeopleExamples.UpdateApiClient, PeopleExamples.ApiClientResult)
            .WithDescription("What is left out stays, the token too. Counts at once. " + Covered);
        group.MapPost("/{id:int}/regenerate", RegenerateAsync).Needs(Privilege.UpdateApiClients).WithSummary("Give an API client a new token").ProducesProblem(403).ProducesProblem(404).WithExample(response: PeopleExamples.ApiClientMade)
            .WithDescription("The old token stops working at once. The new one is in result.token.value of this answer and is never shown again.");
        group.MapDelete("/{id:int}", DeleteAsync).Needs(Privilege.DeleteApiClients).WithSummary("Delete an API client").ProducesProblem(403).ProducesProblem(404)
            .WithDescription("Its token stops working at once.").WithExample(response: Examples.Success);
        api.MapGet("/developer_api_client_roles", RolesAsync).Needs(Privilege.ReadApiClients).WithTags("API clients").WithSummary("List the roles an API client can have").Produces<CountedAnswer<ApiClientRoleResponse>>().ProducesProblem(400)
            .WithDescription("The same that people have; GET /api/roles says what each allows.").WithExample(response: PeopleExamples.ApiClientRoles);
    }

    private static async Task<IResult> ListAsync([FromQuery] int? page, [FromQuery(Name = "per_page")] int? perPage, ApiClients clients, ProjectDirectory projects, CancellationToken cancel)
    {
        var paging = new Paging(page, perPage);
        if (paging.Problem() is { } problem) return Problems.From(problem);
        var rows = await clients.PageAsync(paging.Size, paging.Skip, cancel);
        var roots = await projects.RootsAsync([.. rows.SelectMany(c => c.ProjectIds).Distinct()], cancel);
        return Results.Ok(new CountedAnswer<ApiClientResponse>(await clients.CountAsync(cancel), [.. rows.Select(c => ApiClientResponse.From(c, roots))]));
    }

    private static async Task<IResult> RolesAsync([FromQuery] int? page, [FromQuery(Name = "per_page")] int? perPage, Roles roles, CancellationToken cancel)
    {
        var paging = new Paging(page, perPage);
        if (paging.Problem() is { } problem) return Problems.From(problem);
        var all = await roles.ListAsync(cancel);
        return Results.Ok(new CountedAnswer<ApiClientRoleResponse>(all.Count, [.. paging.Of(all).Select(r => new ApiClientRoleResponse(r.Id, r.Name, r.CreatedAt, r.UpdatedAt))]));
    }

    private static async Task<Results<Ok<OneResult<ApiClientResponse>>, ProblemHttpResult>> FindAsync(int id, ApiClients clients, ProjectDirectory projects, CancellationToken cancel) =>
        await clients.FindAsync(id, cancel) is { } found ? await AnswerAsync(found, null, projects, cancel) : Refused(Refusal.NotFound("API client"));

    private static async Task<Results<Ok<OneResult<ApiClientResponse>>, ProblemHttpResult>> CreateAsync(
        ApiClientBody body, ApiClients clients, ProjectDirectory projects, Grants grants, HttpContext context, CancellationToken cancel)
    {
        var draft = await DraftAsync(body, null, projects, grants, cancel);
        if (draft.Refusal is { } unfit) return Refused(unfit);
        var made = await clients.CreateAsync(draft.Value!, cancel);
        return made.Refusal is { } refusal ? Refused(refusal) : await ShowAsync(made.Value.Client, made.Value.Token, projects, context, cancel);
    }

    private static async Task<Results<Ok<OneResult<ApiClientResponse>>, ProblemHttpResult>> UpdateAsync(
        int id, ApiClientBody body, ApiClients clients, ProjectDirectory projects, Grants grants, CancellationToken cancel)
    {
        if (await clients.FindAsync(id, cancel) is not { } client) return Refused(Refusal.NotFound("API client"));
        var draft = await DraftAsync(body, client, projects, grants, cancel);
        if (draft.Refusal is { } unfit) return Refused(unfit);
        var changed = await clients.UpdateAsync(id, draft.Value!, cancel);
        return changed.Refusal is { } refusal ? Refused(refusal) : await AnswerAsync(changed.Value!, null, projects, cancel);
    }

    private static async Task<Results<Ok<OneResult<ApiClientResponse>>, ProblemHttpResult>> RegenerateAsync(
        int id, ApiClients clients, ProjectDirectory projects, HttpContext context, CancellationToken cancel)
    {
        var made = await clients.RegenerateAsync(id, cancel);
        return made.Refusal is { } refusal ? Refused(refusal) : await ShowAsync(made.Value.Client, made.Value.Token, projects, context, cancel);
    }

    private static async Task<Results<Ok<SuccessAnswer>, ProblemHttpResult>> DeleteAsync(int id, ApiClients clients, CancellationToken cancel) =>
        (await clients.DeleteAsync(id, cancel)).Refusal is { } refusal ? Refused(refusal) : TypedResults.Ok(new SuccessAnswer());

    private static async Task<Result<ApiClientDraft>> DraftAsync(ApiClientBody body, ApiClient? client, ProjectDirectory projects, Grants grants, CancellationToken cancel)
    {
        if (body.Problem() is { } problem) return problem;
        if (body.FolderIds is null) return body.ToDraft(null);
        var given = await projects.OfFoldersAsync(grants, new(AuditedTypes.ApiClient, client?.Id, client?.Name ?? body.Name), body.FolderIds, cancel);
        return given.Refusal is { } refusal ? refusal : body.ToDraft(given.Value!);
    }

    // The one answer of the API that holds a secret: it is kept nowhere on its way.
    private static Task<Ok<OneResult<ApiClientResponse>>> ShowAsync(ApiClient client, Secret token, ProjectDirectory projects, HttpContext context, CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = "no-store";
        return AnswerAsync(client, token, projects, cancel);
    }

    private static async Task<Ok<OneResult<ApiClientResponse>>> AnswerAsync(ApiClient client, Secret? token, ProjectDirectory projects, CancellationToken cancel) =>
        TypedResults.Ok(new OneResult<ApiClientResponse>(ApiClientResponse.From(client, await projects.RootsAsync(client.ProjectIds, cancel), token)));

    private static ProblemHttpResult Refused(Refusal refusal) => (ProblemHttpResult)Problems.From(refusal, ("role_id", "api_privilege_group_id"), ("project_ids", "folder_ids"));
}
