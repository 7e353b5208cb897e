using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Api.Privileges;

/// <summary>The people of the workspace, in Workato's shapes. To invite and to remove by these addresses is ours.</summary>
internal static class MemberEndpoints
{
    private const int MaxConnections = 100;
    private const string Covered = "Nobody gives away more than they have, and nobody changes somebody who may do more. There is always an owner. ";

    public static void MapMembers(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/members").WithTags("Members");
        group.MapGet("", ListAsync).Needs(Privilege.ReadMembers).WithSummary("List members").Produces<MembersAnswer>().ProducesProblem(400).WithDescription("By name.").WithExample(response: PeopleExamples.Members);
        group.MapGet("/{id:int}", FindAsync).Needs(Privilege.ReadMembers).WithSummary("Get a member").ProducesProblem(404).WithExample(response: PeopleExamples.Member);
        group.MapGet("/{id:int}/privileges", PrivilegesAsync).Needs(Privilege.ReadMembers).WithSummary("Get what a member may do").ProducesProblem(404).WithExample(response: PeopleExamples.MemberPrivileges);
        group.MapPost("", InviteAsync).Needs(Privilege.CreateMembers).WithSummary("Invite a member").ProducesProblem(400).ProducesProblem(403).WithExample(PeopleExamples.InviteMember, PeopleExamples.Member)
            .WithDescription("Whoever signs in first with this e-mail address becomes this member. No mail is sent. " + Covered);
        group.MapPut("/{id:int}", UpdateAsync).Needs(Privilege.UpdateMembers).WithSummary("Change the role and projects of a member").ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).WithExample(PeopleExamples.UpdateMember, PeopleExamples.Member)
            .WithDescription("What is left out stays. Counts at once. Where role_from_groups is true, the groups at the next sign-in say the role again. " + Covered);
        group.MapDelete("/{id:int}", RemoveAsync).Needs(Privilege.DeleteMembers).WithSummary("Remove a member").ProducesProblem(403).ProducesProblem(404).WithExample(response: PeopleExamples.RemovedMember)
            .WithDescription("Counts at once. Connections belong to the workspace: those that this person authorized go on working, and the answer lists them. " + Covered);
    }

    private static async Task<IResult> ListAsync(
        [FromQuery, Description("A part of the name or the address.")] string? query, [FromQuery] int? page, [FromQuery(Name = "per_page")] int? perPage, Members members, ProjectDirectory projects, CancellationToken cancel)
    {
        var paging = new Paging(page, perPage);
        if (paging.Problem() is { } problem) return Problems.From(problem);
        if (query?.Contains('\0', StringComparison.Ordinal) == true) return Problems.Invalid("query", "must not contain the character U+0000");
        var rows = (await members.PageAsync(query, paging.Size, cancel, paging.Skip)).Items;
        var roots = await projects.RootsAsync([.. rows.SelectMany(m => m.ProjectIds).Distinct()], cancel);
        return Results.Ok(new MembersAnswer([.. rows.Select(m => MemberResponse.From(m, roots))], await members.CountAsync(query, cancel)));
    }

    private static async Task<Results<Ok<MemberResponse>, ProblemHttpResult>> FindAsync(int id, Members members, ProjectDirectory projects, CancellationToken cancel) =>
        await members.FindAsync(id, cancel) is { } member ? await AnswerAsync(member, projects, cancel) : Refused(Refusal.NotFound("Member"));

    private static async Task<Results<Ok<MemberPrivilegesAnswer>, ProblemHttpResult>> PrivilegesAsync(int id, Members members, ProjectDirectory projects, CancellationToken cancel)
    {
        if (await members.FindAsync(id, cancel) is not { } member) return Refused(Refusal.NotFound("Member"));
        var folders = ApiClientResponse.FoldersOf(member.ProjectIds, await projects.RootsAsync(member.ProjectIds, cancel));
        return TypedResults.Ok(new MemberPrivilegesAnswer([new(Environments.One, member.Role.Name, PrivilegeCatalog.ByResource(member.Access.Privileges), member.AllProjects, folders)]));
    }

    private static async Task<Results<Ok<MemberResponse>, ProblemHttpResult>> InviteAsync(
        InvitationBody body, Members members, Roles roles, ProjectDirectory projects, Grants grants, CancellationToken cancel)
    {
        var grant = await GrantAsync(body, new(AuditedTypes.Member, null, body.Email), roles, projects, grants, cancel);
        if (grant.Refusal is { } wrong) return Refused(wrong);
        var invited = await members.InviteAsync(new(body.Email, body.Name, grant.Value!), cancel);
        return invited.Refusal is { } refusal ? Refused(refusal) : await AnswerAsync(invited.Value!, projects, cancel);
    }

    private static async Task<Results<Ok<MemberResponse>, ProblemHttpResult>> UpdateAsync(
        int id, MemberBody body, Members members, Roles roles, ProjectDirectory projects, Grants grants, CancellationToken cancel)
    {
        if (await members.FindAsync(id, cancel) is not { } member) return Refused(Refusal.NotFound("Member"));
        var grant = await GrantAsync(body, new(AuditedTypes.Member, id, member.Name), roles, projects, grants, cancel);
        if (grant.Refusal is { } wrong) return Refused(wrong);
        var changed = await members.ChangeAsync(id, grant.Value!, cancel);
        return changed.Refusal is { } refusal ? Refused(refusal) : await AnswerAsync(changed.Value!, projects, cancel);
    }

    private static async Task<Results<Ok<RemovedMemberAnswer>, ProblemHttpResult>> RemoveAsync(int id, Members members, ConnectionQueries connections, CancellationToken cancel)
    {
        if ((await members.RemoveAsync(id, cancel)).Refusal is { } refusal) return Refused(refusal);
        var authorized = await connections.PageAsync(new() { AuthorizedById = id, IncludeRuntime = true }, MaxConnections, cancel);
        return TypedResults.Ok(new RemovedMemberAnswer(true, [.. authorized.Items.Select(c => new AuthorizedConnection(c.Id, c.Name, c.Provider, c.Status))], authorized.HasMore));
    }

    private static async Task<Result<Grant>> GrantAsync(MemberBody body, Audited to, Roles roles, ProjectDirectory projects, Grants grants, CancellationToken cancel)
    {
        var role = body.RoleOf(await roles.ListAsync(cancel));
        if (role.Refusal is { } noRole) return noRole;
        if (body.FolderIds is null) return new Grant(role.Value, body.AllFolders);
        var given = await projects.OfFoldersAsync(grants, to, body.FolderIds, cancel);
        return given.Refusal is { } refusal ? refusal : new Grant(role.Value, body.AllFolders, given.Value);
    }

    private static async Task<Ok<MemberResponse>> AnswerAsync(Member member, ProjectDirectory projects, CancellationToken cancel) =>
        TypedResults.Ok(MemberResponse.From(member, await projects.RootsAsync(member.ProjectIds, cancel)));

    private static ProblemHttpResult Refused(Refusal refusal) => (ProblemHttpResult)Problems.From(refusal, ("role_id", "role"), ("project_ids", "folder_ids"));
}
