using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Connectors;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Api.Connectors;

/// <summary>Which apps there are, in Workato's shapes; <c>GET {provider}</c> with the fields is ours.</summary>
internal static class IntegrationEndpoints
{
    public static void MapIntegrations(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/integrations").WithTags("Integrations");
        group.MapGet("", List).NeedsNothing().WithSummary("Look up connectors").Produces<ItemsAnswer<IntegrationResponse>>();
        group.MapGet("/all", ListAll).NeedsNothing().WithSummary("List all connectors").Produces<IntegrationPage>().ProducesProblem(400);
        group.MapGet("/{provider}", Find).NeedsNothing().WithSummary("Get a connector with the fields it asks for").Produces<IntegrationDetail>().ProducesProblem(404);
        api.MapGet("/custom_connectors", () => new ResultAnswer<object>([])).NeedsNothing().WithTags("Integrations").WithSummary("List custom connectors")
            .WithDescription("Workato's connector SDK has no counterpart here; the list is empty. Own apps are connector files.");
        api.MapGet("/custom_connectors/{id}/code", (string id) => Problems.From(Refusal.NotFound("Custom connector"))).NeedsNothing().WithTags("Integrations").WithSummary("Get the code of a custom connector")
            .WithDescription("Always 404, see the list of custom connectors.").ProducesProblem(404);
    }

    private static ItemsAnswer<IntegrationResponse> List([FromQuery, Description("Comma-separated provider ids; all when left out.")] string? applications, ConnectorCatalog catalog)
    {
        var wanted = applications?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new([.. catalog.All.Where(c => wanted is null || wanted.Contains(c.Provider)).Select(IntegrationResponse.From)]);
    }

    private static IResult ListAll([FromQuery] int? page, [FromQuery(Name = "per_page")] int? perPage, ConnectorCatalog catalog)
    {
        var paging = new Paging(page, perPage);
        if (paging.Problem() is { } problem) return Problems.From(problem);
        return Results.Ok(new IntegrationPage([.. paging.Of(catalog.All).Select(IntegrationResponse.From)], catalog.All.Count, page ?? 1, paging.Size));
    }

    private static IResult Find(string provider, ConnectorCatalog catalog) => catalog.Find(provider) is { } connector
        ? Results.Ok(IntegrationDetail.From(connector))
        : Problems.From(new(RefusalKind.NotFound, "Connector not found" + (catalog.Suggest(provider) is { } meant ? $"; did you mean '{meant}'?" : "")));
}
