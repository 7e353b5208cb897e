using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Web.Api.Connections;
using Workato.Connections.Web.Api.Connectors;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Api.Recipes;

/// <summary>Recipes, in Workato's shapes. What Workato refuses with 200 and <c>success: false</c> is refused so here.</summary>
internal static class RecipeEndpoints
{
    public static void MapRecipes(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/recipes").WithTags("Recipes");
        group.MapGet("", ListAsync).Needs(Privilege.ReadRecipes).WithSummary("List recipes").Produces<ItemsAnswer<RecipeResponse>>().ProducesProblem(400).WithDescription("Newest first.");
        group.MapGet("/{id:int}", FindAsync).Needs(Privilege.ReadRecipes, Of.Recipe).WithSummary("Get a recipe").Produces<RecipeResponse>().ProducesProblem(404);
        group.MapPost("", CreateAsync).Needs(Privilege.CreateRecipes).WithSummary("Create a recipe").Produces<RecipeMade>().ProducesProblem(400)
            .WithDescription("code and config are JSON texts, as Workato's exports have them. Steps may be unfinished; the recipe is checked when it is started.").WithExample(RecipeExamples.Create, """{"success":true,"id":1}""");
        group.MapPut("/{id:int}", UpdateAsync).Needs(Privilege.UpdateRecipes, Of.Recipe).WithSummary("Update a stopped recipe").Produces<SuccessAnswer>().ProducesProblem(400).ProducesProblem(404);
        group.MapDelete("/{id:int}", DeleteAsync).Needs(Privilege.DeleteRecipes, Of.Recipe).WithSummary("Delete a stopped recipe").Produces<SuccessAnswer>().ProducesProblem(404);
        group.MapPut("/{id:int}/start", StartAsync).Needs(Privilege.RunRecipes, Of.Recipe).WithSummary("Start a recipe").Produces<SuccessAnswer>().ProducesProblem(404)
            .WithDescription("Where a step is wrong or a connection is not connected the answer is 200 with success false, code_errors and config_errors: by step what is wrong, such as [[1,[[\"account_id\",32148,\"unconnected\"]]]].").WithExample(response: Examples.Success);
        group.MapPut("/{id:int}/stop", StopAsync).Needs(Privilege.RunRecipes, Of.Recipe).WithSummary("Stop a recipe").Produces<SuccessAnswer>().ProducesProblem(404);
        group.MapPut("/{id:int}/connect", ConnectAsync).Needs(Privilege.UpdateRecipes, Of.Recipe).WithSummary("Choose the connection of a connector").Produces<SuccessAnswer>().ProducesProblem(400).ProducesProblem(404)
            .WithDescription("For every step of that connector in the recipe, trigger included. The recipe must be stopped.").WithExample("""{"adapter_name":"salesforce","connection_id":7}""", Examples.Success);
        group.MapPost("/{id:int}/copy", CopyAsync).NeedsOneOf(Of.Recipe, Privilege.CreateRecipes).WithSummary("Copy a recipe").Produces<RecipeCopied>().ProducesProblem(400).ProducesProblem(404)
            .WithExample("""{"folder_id":"4"}""", """{"success":true,"new_flow_id":2}""");
    }

    private static async Task<IResult> ListAsync([AsParameters] RecipeListQuery query, RecipeQueries recipes, ServerSettings settings, CancellationToken cancel)
    {
        if (query.Problem() is { } problem) return Problems.From(problem);
        var page = await recipes.PageAsync(query.Filter, query.Paging.Size, cancel, query.Paging.Skip);
        return Results.Ok(new ItemsAnswer<RecipeResponse>([.. page.Items.Select(r => RecipeResponse.From(r, query.ExcludeCode != true, settings))]));
    }

    private static async Task<IResult> FindAsync(int id, RecipeQueries recipes, ServerSettings settings, CancellationToken cancel) =>
        await recipes.FindAsync(id, cancel) is { } found ? Results.Ok(RecipeResponse.From(found, withCode: true, settings)) : Problems.From(Refusal.NotFound("Recipe"));

    private static async Task<IResult> CreateAsync(RecipeBody body, RecipeService service, CancellationToken cancel)
    {
        var wanted = body.ToChange();
        if (wanted.Refusal is { } wrong) return Problems.From(wrong);
        var made = await service.CreateAsync(wanted.Value!, cancel);
        return made.Refusal is { } refusal ? Problems.From(refusal) : Results.Ok(new RecipeMade(true, made.Value!.Id));
    }

    private static async Task<IResult> UpdateAsync(int id, RecipeBody body, RecipeService service, CancellationToken cancel)
    {
        var change = body.ToChange();
        return change.Refusal is { } wrong ? Problems.From(wrong) : Answer((await service.UpdateAsync(id, change.Value!, cancel)).Refusal);
    }

    private static async Task<IResult> DeleteAsync(int id, RecipeService service, CancellationToken cancel) => Answer((await service.DeleteAsync(id, cancel)).Refusal);

    private static async Task<IResult> StartAsync(int id, RecipeService service, CancellationToken cancel)
    {
        var started = await service.StartAsync(id, cancel);
        if (started.Refusal is { } refusal) return Problems.From(refusal);
        return started.Value!.IsStarted ? Results.Ok(new SuccessAnswer()) : Results.Ok(RecipeNotStarted.From(started.Value));
    }

    private static async Task<IResult> StopAsync(int id, RecipeService service, CancellationToken cancel) => Answer((await service.StopAsync(id, cancel)).Refusal);

    private static async Task<IResult> ConnectAsync(int id, RecipeConnectBody body, RecipeService service, CancellationToken cancel) =>
        body.ConnectionId is not { } connection ? Problems.Invalid("connection_id", "must be the id of a connection; to choose none, send config with account_id null to PUT /api/recipes/{id}")
        : (await service.ConnectAsync(id, body.AdapterName, connection, cancel)).Refusal is { } refusal ? Problems.From(refusal) : Results.Ok(new SuccessAnswer());

    private static async Task<IResult> CopyAsync(int id, RecipeCopyBody body, RecipeService service, CancellationToken cancel)
    {
        if (body.Folder() is not { } folder) return Problems.Invalid("folder_id", "must be the id of a folder");
        var made = await service.CopyAsync(id, folder, cancel);
        return made.Refusal is { } refusal ? Problems.From(refusal) : Results.Ok(new RecipeCopied(true, made.Value!.Id));
    }

    // A running recipe is refused with 200, as Workato does.
    private static IResult Answer(Refusal? refusal) => refusal switch
    {
        null => Results.Ok(new SuccessAnswer()),
        { Errors: var errors } when errors.ContainsKey("running") => Results.Ok(new RecipeRefused(false, errors)),
        _ => Problems.From(refusal),
    };
}
