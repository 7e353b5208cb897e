using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Privileges;
using Workato.Connections.Timelines;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Api.Health;

/// <summary>How connections stand, all at a glance and one over time. Ours: Workato has no such thing.</summary>
internal static class HealthEndpoints
{
    private const int MaxEvents = 100;

    public static void MapHealth(this RouteGroupBuilder api)
    {
        api.MapGet("/health/connections", ReadAsync).Needs(Privilege.ReadConnections).WithTags("Health").WithSummary("See how all connections stand")
            .WithDescription($"What is broken, what is about to break, which recipes stand still because of it, what hangs on a person's account, what nothing uses, and how it stood hour by hour in the last seven days. "
                + $"As far as the asker reaches; the first {HealthOverview.Most} of each list.")
            .Produces<HealthResponse>().WithExample(response: HealthExamples.Report);
        api.MapGet("/connections/{id:int}/timeline", TimelineAsync).Needs(Privilege.ReadConnections, Of.Connection).WithTags("Health").WithSummary("Get the time line of a connection")
            .WithDescription("Newest first. 'before' is the id of the last event of the page before. What happens too often for an event each, calls and renewals, is summed by day.")
            .Produces<TimelineResponse>().ProducesProblem(400).ProducesProblem(404).WithExample(response: HealthExamples.Timeline);
    }

    private static async Task<IResult> ReadAsync(HealthOverview overview, CancellationToken cancel) => Results.Ok(HealthResponse.From(await overview.ReadAsync(cancel)));

    private static async Task<IResult> TimelineAsync(int id, long? before, [FromQuery(Name = "per_page")] int? perPage, TimelineQueries timelines, CancellationToken cancel) =>
        perPage is < 1 or > MaxEvents ? Problems.Invalid("per_page", $"must be a whole number from 1 to {MaxEvents}") : Results.Ok(TimelineResponse.From(await timelines.PageAsync(id, before, perPage ?? MaxEvents, cancel)));
}
