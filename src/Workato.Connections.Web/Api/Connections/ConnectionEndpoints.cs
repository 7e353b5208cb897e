using Microsoft.AspNetCore.Http.HttpResults;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Api.Connections;

/// <summary>Workato's connection endpoints; <c>GET {id}</c> and <c>test</c> are ours.</summary>
internal static class ConnectionEndpoints
{
    public static void MapConnections(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/connections").WithTags("Connections");
        group.MapGet("", ListAsync).NeedsOneOf(Of.Workspace, Privilege.ReadConnections, Privilege.ReadRuntimeConnections).WithSummary("List connections").Produces<ConnectionResponse[]>().ProducesProblem(400)
            .WithDescription("Newest first. Without page, per_page or before the whole list is sent.").WithExample(response: $"[{Examples.Connection}]");
        group.MapGet("/{id:int}", FindAsync).NeedsOneOf(Of.Connection, Privilege.ReadConnections, Privilege.ReadRuntimeConnections).WithSummary("Get a connection").ProducesProblem(404).WithExample(response: Examples.Connection);
        group.MapPost("", CreateAsync).Needs(Privilege.CreateConnections).WithSummary("Create a connection").ProducesProblem(400).WithExample(Examples.CreateConnection, Examples.Connection)
            .WithDescription("The credentials are stored and proved by a test request; the answer tells in authorization_status how that went. With shell_connection they are stored untested.");
        group.MapPut("/{id:int}", UpdateAsync).NeedsOneOf(Of.Connection, Privilege.UpdateConnections, Privilege.AuthorizeConnections, Privilege.UpdateRuntimeConnections).WithSummary("Update a connection").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithDescription("What is left out stays. New credentials are proved first; where the app does not accept them the answer is 422 and nothing was changed.").WithExample(Examples.UpdateConnection, Examples.Connection);
        group.MapDelete("/{id:int}", DeleteAsync).NeedsOneOf(Of.Connection, Privilege.DeleteConnections, Privilege.DeleteRuntimeConnections).WithSummary("Delete a connection").ProducesProblem(404).ProducesProblem(409)
            .WithDescription("Refused while a recipe uses it. With force recipes that run stop, and all of them lose the connection.").WithExample(response: Examples.Success);
        group.MapPost("/{id:int}/disconnect", DisconnectAsync).NeedsOneOf(Of.Connection, Privilege.UpdateConnections, Privilege.UpdateRuntimeConnections).WithSummary("Disconnect a connection").ProducesProblem(404).ProducesProblem(409)
            .WithDescription("The credentials are deleted, the connection stays. Refused while a running recipe uses it; with force those recipes stop. Nothing happens where it is disconnected already.").WithExample(response: Examples.Disconnected);
        group.MapPost("/{id:int}/test", TestAsync).Needs(Privilege.UseConnections, Of.Connection).WithSummary("Test a connection").ProducesProblem(404).ProducesProblem(409)
            .WithDescription("Asks the app whether the credentials still work, and remembers the answer.").WithExample(response: Examples.Tested);
    }

    private static async Task<IResult> ListAsync([AsParameters] ConnectionListQuery query, ConnectionQueries connections, HttpContext context, CancellationToken cancel)
    {
        if (query.Problem() is { } problem) return Problems.From(problem);
        if (!query.Paging.IsAsked && query.Before is null) return Results.Ok(connections.Stream(query.Filter).Select(ConnectionResponse.From));

        var page = await connections.PageAsync(query.Filter, query.Paging.Size, cancel, query.Paging.Skip);
        if (page.HasMore) context.Response.Headers.Link = NextLink(context.Request, page.Items[^1].Id);
        return Results.Ok(page.Items.Select(ConnectionResponse.From));
    }

    private static async Task<Results<Ok<ConnectionResponse>, ProblemHttpResult>> FindAsync(int id, ConnectionQueries connections, CancellationToken cancel) =>
        await connections.FindAsync(id, cancel) is { } found
            ? TypedResults.Ok(ConnectionResponse.From(found))
            : (ProblemHttpResult)Problems.From(Refusal.NotFound("Connection"));

    private static async Task<Results<Ok<ConnectionResponse>, ProblemHttpResult>> CreateAsync(
        ConnectionBody body, ConnectionService service, ConnectionQueries connections, TimeProvider time, CancellationToken cancel)
    {
        var texts = body.Texts();
        if (texts.Refusal is { } wrong) return (ProblemHttpResult)Problems.From(wrong);
        var tokens = body.OauthTokenPair?.ToTokens(time.GetUtcNow());
        if (tokens?.Refusal is { } unfit) return (ProblemHttpResult)Problems.From(unfit);
        var created = await service.CreateAsync(new()
        {
            Name = body.Name,
            Description = body.Description,
            Provider = body.Provider,
            FolderId = body.FolderId,
            ParentId = body.ParentId,
            ExternalId = body.ExternalId,
            AccountKind = body.Account ?? AccountKind.Dedicated,
            Environment = body.Environment ?? AppEnvironment.Production,
            Input = texts.Value!.Values,
            Tokens = tokens?.Value,
            Proving = body.ProvingMode(),
        }, cancel);
        return await AnswerAsync(created, connections, cancel);
    }

    private static async Task<Results<Ok<ConnectionResponse>, ProblemHttpResult>> UpdateAsync(
        int id, ConnectionBody body, ConnectionService service, ConnectionQueries connections, TimeProvider time, CancellationToken cancel)
    {
        var texts = body.Texts();
        if (texts.Refusal is { } wrong) return (ProblemHttpResult)Problems.From(wrong);
        var tokens = body.OauthTokenPair?.ToTokens(time.GetUtcNow());
        if (tokens?.Refusal is { } unfit) return (ProblemHttpResult)Problems.From(unfit);
        if (body.Provider is { } provider && await connections.FindAsync(id, cancel) is { } now && now.Provider != provider)
            return (ProblemHttpResult)Problems.Invalid("provider", $"cannot be changed: this connection belongs to {now.Provider}; create another one");

        var changed = await service.UpdateAsync(id, new()
        {
            Name = body.Name,
            Description = body.Description,
            FolderId = body.FolderId,
            ParentId = body.ParentId,
            ExternalId = body.ExternalId,
            AccountKind = body.Account,
            Environment = body.Environment,
            EndsOn = body.CredentialsEndOn,
            Input = texts.Value!.Values,
            Tokens = tokens?.Value,
            Proving = body.ProvingMode(),
        }, cancel);
        return await AnswerAsync(changed, connections, cancel);
    }

    private static async Task<Results<Ok<SuccessAnswer>, ProblemHttpResult>> DeleteAsync(int id, bool? force, ConnectionService service, CancellationToken cancel) =>
        (await service.DeleteAsync(id, cancel, force == true)).Refusal is { } refusal ? (ProblemHttpResult)Problems.From(refusal) : TypedResults.Ok(new SuccessAnswer());

    private static async Task<Results<Ok<StatusAnswer>, ProblemHttpResult>> DisconnectAsync(int id, DisconnectBody? body, ConnectionService service, CancellationToken cancel) =>
        (await service.DisconnectAsync(id, body?.Force ?? false, cancel)).Refusal is { } refusal
            ? (ProblemHttpResult)Problems.From(refusal)
            : TypedResults.Ok(new StatusAnswer(true, "disconnected"));

    private static async Task<Results<Ok<TestAnswer>, ProblemHttpResult>> TestAsync(int id, ConnectionService service, CancellationToken cancel)
    {
        var tested = await service.TestAsync(id, cancel);
        return tested.Refusal is { } refusal
            ? (ProblemHttpResult)Problems.From(refusal)
            : TypedResults.Ok(new TestAnswer(tested.Value!.Status, tested.Value.Identity, tested.Value.Error,
                DiagnosisResponse.From(tested.Value.Diagnosis is { } why ? ConnectionProblem.Of(why, tested.Value.Status == AuthorizationStatus.Failed) : null)));
    }

    private static async Task<Results<Ok<ConnectionResponse>, ProblemHttpResult>> AnswerAsync(Result<Connection> result, ConnectionQueries connections, CancellationToken cancel)
    {
        if (result.Refusal is { } refusal) return (ProblemHttpResult)Problems.From(refusal);
        // Read again rather than echoed: the answer is what is stored. Gone already, if somebody deleted it this instant.
        return await FindAsync(result.Value!.Id, connections, cancel);
    }

    private static string NextLink(HttpRequest request, int lastId)
    {
        var kept = request.Query.Where(q => ConnectionListQuery.Kept.Contains(q.Key, StringComparer.OrdinalIgnoreCase)).SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value))
            .Append(new("before", lastId.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return $"<{request.PathBase}{request.Path}{QueryString.Create(kept)}>; rel=\"next\"";
    }
}
