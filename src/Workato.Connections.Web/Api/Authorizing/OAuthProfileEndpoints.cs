using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Api.Connections;
using Workato.Connections.Web.Api.Connectors;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Api.Authorizing;

/// <summary>Custom OAuth profiles, in Workato's shapes. The filter by provider is ours.</summary>
internal static class OAuthProfileEndpoints
{
    private const string OfData = "`data.token` is the signing secret of a Slack app, by which slash commands are known to be Slack's; it is sealed and never shown again.";

    public static void MapOAuthProfiles(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/custom_oauth_profiles").WithTags("Custom OAuth profiles");
        group.MapGet("", ListAsync).Needs(Privilege.ReadOAuthProfiles).WithSummary("List custom OAuth profiles").Produces<ResultAnswer<OAuthProfileResponse>>().ProducesProblem(400)
            .WithDescription("Oldest first. On the pages they are called OAuth apps.").WithExample(response: $$"""{"result":[{{Examples.OAuthProfile}}]}""");
        group.MapGet("/{id:int}", FindAsync).Needs(Privilege.ReadOAuthProfiles).WithSummary("Get a custom OAuth profile").ProducesProblem(404).WithExample(response: Examples.OAuthProfileResult);
        group.MapPost("", CreateAsync).Needs(Privilege.CreateOAuthProfiles).WithSummary("Create a custom OAuth profile").ProducesProblem(400).WithExample(Examples.CreateOAuthProfile, Examples.OAuthProfileResult)
            .WithDescription("For an app one of whose ways to sign in needs a client; of a secondary connector the app itself is meant. The secret is sealed and never shown again. " + OfData);
        group.MapPut("/{id:int}", UpdateAsync).Needs(Privilege.UpdateOAuthProfiles).WithSummary("Update a custom OAuth profile").ProducesProblem(400).ProducesProblem(404).WithExample(Examples.UpdateOAuthProfile, Examples.OAuthProfileResult)
            .WithDescription("What is left out stays, the secret too. Connections whose tokens could not be renewed with the client as it was are tried again at once. " + OfData);
        group.MapDelete("/{id:int}", DeleteAsync).Needs(Privilege.DeleteOAuthProfiles).WithSummary("Delete a custom OAuth profile").ProducesProblem(404).ProducesProblem(409)
            .WithDescription("Refused while connections use it; in_use_by names the first 20 of them.").WithExample(response: Examples.Success);
    }

    private static async Task<IResult> ListAsync(
        [FromQuery, Description("Of this app alone.")] string? provider, [FromQuery] int? page, [FromQuery(Name = "per_page")] int? perPage,
        OAuthProfiles profiles, ConnectionsDbContext db, CancellationToken cancel)
    {
        var paging = new Paging(page, perPage);
        if (paging.Problem() is { } problem) return Problems.From(problem);
        if (provider?.Contains('\0', StringComparison.Ordinal) == true) return Problems.Invalid("provider", "must not contain the character U+0000");
        var (rows, owner) = (await profiles.PageAsync(provider, paging.Size, cancel, paging.Skip), await OwnerAsync(db, cancel));
        return Results.Ok(new ResultAnswer<OAuthProfileResponse>([.. rows.Items.Select(p => OAuthProfileResponse.From(p, owner))]));
    }

    private static Task<Results<Ok<OneResult<OAuthProfileResponse>>, ProblemHttpResult>> FindAsync(int id, OAuthProfiles profiles, ConnectionsDbContext db, CancellationToken cancel) =>
        AnswerAsync(id, profiles, db, cancel);

    private static async Task<Results<Ok<OneResult<OAuthProfileResponse>>, ProblemHttpResult>> CreateAsync(
        OAuthProfileBody body, OAuthProfiles profiles, ConnectionsDbContext db, CancellationToken cancel)
    {
        var made = await profiles.CreateAsync(new() { Name = body.Name, Provider = body.Provider, ClientId = body.Data?.ClientId, ClientSecret = body.Data?.Secret, SigningSecret = body.Data?.Signing }, cancel);
        return made.Refusal is { } refusal ? (ProblemHttpResult)Problems.From(refusal) : await AnswerAsync(made.Value!.Id, profiles, db, cancel);
    }

    private static async Task<Results<Ok<OneResult<OAuthProfileResponse>>, ProblemHttpResult>> UpdateAsync(
        int id, OAuthProfileBody body, OAuthProfiles profiles, ConnectionsDbContext db, CancellationToken cancel)
    {
        var changed = await profiles.UpdateAsync(id, new() { Name = body.Name, Provider = body.Provider, ClientId = body.Data?.ClientId, ClientSecret = body.Data?.Secret, SigningSecret = body.Data?.Signing }, cancel);
        return changed.Refusal is { } refusal ? (ProblemHttpResult)Problems.From(refusal) : await AnswerAsync(id, profiles, db, cancel);
    }

    private static async Task<Results<Ok<SuccessAnswer>, ProblemHttpResult>> DeleteAsync(int id, OAuthProfiles profiles, CancellationToken cancel) =>
        (await profiles.DeleteAsync(id, cancel)).Refusal is { } refusal ? (ProblemHttpResult)Problems.From(refusal) : TypedResults.Ok(new SuccessAnswer());

    private static async Task<Results<Ok<OneResult<OAuthProfileResponse>>, ProblemHttpResult>> AnswerAsync(int id, OAuthProfiles profiles, ConnectionsDbContext db, CancellationToken cancel) =>
        await profiles.FindAsync(id, cancel) is { } found
            ? TypedResults.Ok(new OneResult<OAuthProfileResponse>(OAuthProfileResponse.From(found, await OwnerAsync(db, cancel))))
            : (ProblemHttpResult)Problems.From(Refusal.NotFound("Custom OAuth profile"));

    // As GET /api/users/me says it.
    private static Task<int> OwnerAsync(ConnectionsDbContext db, CancellationToken cancel) => db.WorkspaceOwner.Select(m => m.Id).SingleAsync(cancel);
}
