using Workato.Connections.Health;
using Workato.Connections.Recipes;
using Workato.Connections.Timelines;

namespace Workato.Connections.Web.Api.Health;

/// <summary>How all connections stand.</summary>
internal sealed record HealthResponse(
    StateCounts Now, IEnumerable<IncidentResponse> Broken, IEnumerable<IncidentResponse> AboutToBreak, IEnumerable<StoppedRecipe> StoppedRecipes,
    IEnumerable<ConnectionLineResponse> PersonalAccounts, IEnumerable<ConnectionLineResponse> Unused, IEnumerable<StateCounts> History)
{
    public static HealthResponse From(HealthReport report) => new(
        StateCounts.From(report.Now), report.Broken.Select(IncidentResponse.From), report.Soon.Select(IncidentResponse.From), report.Stopped.Select(StoppedRecipe.From),
        report.Personal.Select(ConnectionLineResponse.From), report.Unused.Select(ConnectionLineResponse.From), report.History.Select(StateCounts.From));
}

/// <summary>How many connections are in which state.</summary>
internal sealed record StateCounts(DateTimeOffset At, int Working, int InTrouble, int Broken, int NotConnected)
{
    public static StateCounts From(HealthSample sample) => new(sample.At, sample.Working, sample.InTrouble, sample.Broken, sample.NotConnected);
}

/// <summary>Something that is wrong and not over.</summary>
internal sealed record IncidentResponse(
    int Id, string Provider, string? Host, string Cause, bool IsWarning, string Message, string? Evidence, DateTimeOffset OpenedAt, DateTimeOffset? CalmSince,
    int ConnectionCount, IEnumerable<ConnectionLineResponse> Connections, IEnumerable<RecipeLine> Recipes)
{
    public static IncidentResponse From(OpenIncident open)
    {
        var i = open.Incident;
        return new(
            i.Id, i.Provider, i.Host, i.Cause, i.IsWarning, i.Words, i.Evidence, i.OpenedAt, i.CalmSince,
            open.Count, open.Connections.Select(ConnectionLineResponse.From), open.Recipes.Select(r => new RecipeLine(r.Id, r.Name, r.Running)));
    }
}

/// <summary>A connection, shortly.</summary>
internal sealed record ConnectionLineResponse(int Id, string Name, string Provider, string? ConnectedAs, DateTimeOffset? AuthorizedAt)
{
    public static ConnectionLineResponse From(ConnectionLine line) => new(line.Id, line.Name, line.Provider, line.By, line.Since);
}

/// <summary>A recipe, shortly.</summary>
internal sealed record RecipeLine(int Id, string Name, bool Running);

/// <summary>A recipe that stands still because of a connection.</summary>
internal sealed record StoppedRecipe(int Id, string Name, DateTimeOffset? StoppedAt, string? StopReason, int? ConnectionId)
{
    public static StoppedRecipe From(Recipe recipe) => new(recipe.Id, recipe.Name, recipe.StoppedAt, recipe.StopReason, recipe.StoppedByConnectionId);
}

/// <summary>What happened to a connection.</summary>
internal sealed record TimelineResponse(IEnumerable<TimelineEvent> Items, IEnumerable<TimelineDayResponse> Days, bool HasMore)
{
    public static TimelineResponse From(Timeline timeline) => new(timeline.Events.Items.Select(TimelineEvent.From), timeline.Days.Select(TimelineDayResponse.From), timeline.Events.HasMore);
}

/// <summary>One event.</summary>
internal sealed record TimelineEvent(long Id, DateTimeOffset At, string Kind, string? Cause, string? Message, string? Evidence, string? By, int? IncidentId)
{
    public static TimelineEvent From(ConnectionEvent e) => new(e.Id, e.At, e.Kind, e.Cause, e.Words, e.Evidence, e.By, e.IncidentId);
}

/// <summary>What it did on one day (UTC).</summary>
internal sealed record TimelineDayResponse(DateOnly Day, int Calls, int Rejections, int Refreshes, DateTimeOffset LastAt)
{
    public static TimelineDayResponse From(ConnectionDay d) => new(d.Day, d.Calls, d.Rejections, d.Refreshes, d.LastAt);
}
