using Microsoft.EntityFrameworkCore;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Health;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Timelines;

namespace Workato.Connections;

/// <summary>How all connections within reach stand, at a glance.</summary>
public sealed record HealthReport
{
    /// <summary>How many are in which state, end users' own ones left out.</summary>
    public required HealthSample Now { get; init; }

    /// <summary>What is broken or in trouble, the latest first; the first <see cref="HealthOverview.Most"/>.</summary>
    public required IReadOnlyList<OpenIncident> Broken { get; init; }

    /// <summary>What is about to break.</summary>
    public required IReadOnlyList<OpenIncident> Soon { get; init; }

    /// <summary>Recipes that stand still because of a connection.</summary>
    public required IReadOnlyList<Recipe> Stopped { get; init; }

    /// <summary>Connected, and nothing used them for <see cref="HealthOverview.UnusedAfter"/>.</summary>
    public required IReadOnlyList<ConnectionLine> Unused { get; init; }

    /// <summary>Working by a person's own account.</summary>
    public required IReadOnlyList<ConnectionLine> Personal { get; init; }

    /// <summary>How it stood hour by hour in the last seven days, oldest first, of all projects within reach.</summary>
    public required IReadOnlyList<HealthSample> History { get; init; }
}

/// <summary>An incident that is not over.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Connections">Connections within reach that it is about, the first few.</param>
/// <param name="Count">How many within reach there are.</param>
/// <param name="Recipes">Recipes within reach that use them, running or stopped because of them, the first few.</param>
public sealed record OpenIncident(Incident Incident, IReadOnlyList<ConnectionLine> Connections, int Count, IReadOnlyList<Recipe> Recipes);

/// <summary>A connection in a list of the overview.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Provider">Its app.</param>
/// <param name="By">Whose account it is, or who connected it.</param>
/// <param name="Since">Since when it is connected.</param>
public sealed record ConnectionLine(int Id, string Name, string Provider, string? By, DateTimeOffset? Since);

/// <summary>Answers what is broken, what will be, what is unused, what hangs on a person, and what stands still because of it.</summary>
public sealed class HealthOverview(ConnectionsDbContext db, ConnectorCatalog catalog, CurrentAccess current, TimeProvider time)
{
    /// <summary>The longest list.</summary>
    public const int Most = 50;

    /// <summary>How many connections and recipes of one incident are named.</summary>
    public const int MostNamed = 5;

    /// <summary>After how long without a call and without a running recipe a connection counts as unused.</summary>
    public static readonly TimeSpan UnusedAfter = TimeSpan.FromDays(30);

    private static readonly TimeSpan Looked = TimeSpan.FromDays(7);

    /// <summary>The app's name as people say it.</summary>
    public string App(string provider) => catalog.TitleOf(provider);

    /// <summary>How it stands now.</summary>
    public async Task<HealthReport> ReadAsync(CancellationToken cancel) => new()
    {
        Now = await CountAsync(cancel),
        Broken = await OpenAsync(warnings: false, cancel),
        Soon = await OpenAsync(warnings: true, cancel),
        Stopped = await StoppedAsync(cancel),
        Unused = await UnusedAsync(cancel),
        Personal = await Lines(Reached.Where(c => c.AccountKind == AccountKind.Personal && c.Status != null)).Take(Most).ToListAsync(cancel),
        History = await HistoryAsync(cancel),
    };

    private IQueryable<Connection> Reached => db.ConnectionsIn(current.Access.Projects).AsNoTracking().NotOfUsers();

    private IQueryable<Recipe> Recipes => current.Access.May(Privilege.ReadRecipes) ? db.RecipesIn(current.Access.Projects).AsNoTracking() : db.Recipes.AsNoTracking().Where(_ => false);

    private async Task<HealthSample> CountAsync(CancellationToken cancel) => Sum(0, time.GetUtcNow(), await HealthSampler.Count(db, Reached, time.GetUtcNow()).ToListAsync(cancel));

    private async Task<IReadOnlyList<OpenIncident>> OpenAsync(bool warnings, CancellationToken cancel)
    {
        var reached = Reached;
        var open = await db.Incidents.AsNoTracking().Where(i => i.ResolvedAt == null && i.IsWarning == warnings && reached.Any(c => c.IncidentId == i.Id || c.Id == i.ConnectionId))
            .OrderByDescending(i => i.Id).Take(Most).ToListAsync(cancel);
        var found = new List<OpenIncident>();
        foreach (var incident in open)
        {
            var concerned = reached.Where(c => c.IncidentId == incident.Id || c.Id == incident.ConnectionId);
            var connections = await Lines(concerned).Take(MostNamed).ToListAsync(cancel);
            var count = incident.IsShared ? await concerned.CountAsync(cancel) : 1;
            var recipes = await Recipes.Where(r => (r.Running || r.StoppedByConnectionId != null) && r.Connections.Any(b => concerned.Any(c => c.Id == b.ConnectionId))).OrderBy(r => r.Id).Take(MostNamed).ToListAsync(cancel);
            found.Add(new(incident, connections, count, recipes));
        }

        return found;
    }

    private async Task<IReadOnlyList<Recipe>> StoppedAsync(CancellationToken cancel) =>
        await Recipes.Where(r => !r.Running && r.StoppedByConnectionId != null).OrderByDescending(r => r.StoppedAt).Take(Most).ToListAsync(cancel);

    private async Task<IReadOnlyList<ConnectionLine>> UnusedAsync(CancellationToken cancel)
    {
        var (before, recipes, days) = (time.GetUtcNow() - UnusedAfter, db.Recipes, db.ConnectionDays);
        var since = DateOnly.FromDateTime(before.UtcDateTime);
        return await Lines(Reached.Where(c => c.Status != null && c.CreatedAt < before
            && !recipes.Any(r => r.Running && r.Connections.Any(b => b.ConnectionId == c.Id))
            && !days.Any(d => d.ConnectionId == c.Id && d.Day >= since && d.Calls > 0))).Take(Most).ToListAsync(cancel);
    }

    private async Task<IReadOnlyList<HealthSample>> HistoryAsync(CancellationToken cancel)
    {
        var (since, projects) = (time.GetUtcNow() - Looked, current.Access.Projects.Ids);
        var samples = await db.HealthSamples.AsNoTracking().Where(s => s.At >= since && (projects == null || projects.Contains(s.ProjectId))).ToListAsync(cancel);
        return [.. samples.GroupBy(s => s.At).OrderBy(g => g.Key).Select(g => Sum(0, g.Key, g))];
    }

    private static IQueryable<ConnectionLine> Lines(IQueryable<Connection> rows) =>
        rows.OrderBy(c => c.Id).Select(c => new ConnectionLine(c.Id, c.Name, c.Provider, c.Identity ?? c.AuthorizedBy, c.AuthorizedAt));

    private static HealthSample Sum(int project, DateTimeOffset at, IEnumerable<HealthSample> parts)
    {
        var sum = new HealthSample { ProjectId = project, At = at };
        foreach (var part in parts)
        {
            sum.Working += part.Working;
            sum.InTrouble += part.InTrouble;
            sum.Broken += part.Broken;
            sum.NotConnected += part.NotConnected;
        }

        return sum;
    }
}
