using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Api.Recipes;

/// <summary>What recipes were before, in Workato's shapes.</summary>
internal static class VersionEndpoints
{
    public static void MapVersions(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/recipes/{id:int}/versions").WithTags("Recipes");
        group.MapGet("", ListAsync).Needs(Privilege.ReadRecipes, Of.Recipe).WithSummary("List the versions of a recipe").Produces<DataAnswer<IReadOnlyList<VersionResponse>>>().ProducesProblem(404).WithDescription("Newest first, without their code.")
            .WithExample(response: """{"data":[{"id":2,"version_no":2,"name":"Notes to CRM","author_name":"Ada Lovelace","created_at":"2026-03-01T12:00:00Z","code":null}]}""");
        group.MapGet("/{number:int}", FindAsync).Needs(Privilege.ReadRecipes, Of.Recipe).WithSummary("Get a version of a recipe").Produces<DataAnswer<VersionResponse>>().ProducesProblem(404)
            .WithExample(response: """{"data":{"id":2,"version_no":2,"name":"Notes to CRM","author_name":"Ada Lovelace","created_at":"2026-03-01T12:00:00Z","code":"{\"number\":0,\"keyword\":\"trigger\"}"}}""");
    }

    private static async Task<IResult> ListAsync(int id, RecipeQueries recipes, CancellationToken cancel)
    {
        var versions = await recipes.VersionsAsync(id, cancel);
        return versions.Count == 0 ? Problems.From(Refusal.NotFound("Recipe")) : Results.Ok(new DataAnswer<IReadOnlyList<VersionResponse>>([.. versions.Select(v => VersionResponse.From(v, withCode: false))]));
    }

    private static async Task<IResult> FindAsync(int id, int number, RecipeQueries recipes, CancellationToken cancel) =>
        await recipes.VersionAsync(id, number, cancel) is { } found ? Results.Ok(new DataAnswer<VersionResponse>(VersionResponse.From(found, withCode: true))) : Problems.From(Refusal.NotFound("Version"));
}

/// <summary>A recipe as it was.</summary>
/// <param name="Id">The version's number: it is known by it.</param>
/// <param name="VersionNo">The same, by Workato's name.</param>
/// <param name="Name">The recipe's name then.</param>
/// <param name="AuthorName">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Code">The steps then, where one version is asked for.</param>
internal sealed record VersionResponse(int Id, int VersionNo, string Name, string AuthorName, DateTimeOffset CreatedAt, string? Code)
{
    public static VersionResponse From(RecipeVersion v, bool withCode) => new(v.Number, v.Number, v.Name, v.Author, v.CreatedAt, withCode ? v.Code : null);
}
