using Microsoft.EntityFrameworkCore;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;
using Workato.Connections.Timelines;

namespace Workato.Connections.Health;

/// <summary>
/// Brings incidents in line with the state of the connections, which the rows themselves say: a process that dies between
/// the two loses nothing. One node at a time does it, in one transaction with whatever is told.
/// </summary>
public sealed partial class IncidentRound(ConnectionsDbContext db, ConnectorCatalog catalog, IEnumerable<ITellIncidents> tellers, TimeProvider time)
{
    /// <summary>How long nothing may be wrong any more before an incident is over: what comes back in that time is the same one, told once.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMinutes(5);

    private const int Batch = 500;

    /// <summary>One round. True where there is more to do at once.</summary>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        if (!await IsThereAnythingAsync(cancel)) return false;
        await using var alone = await db.BeginAloneAsync(AloneFor.Incidents, cancel);
        var now = time.GetUtcNow();
        // Each step asks the database for what the steps before it found.
        var left = await LeaveAsync(now, cancel);
        await WorsenAsync(now, cancel);
        await db.SaveChangesAsync(cancel);
        var joined = await JoinAsync(now, cancel);
        await HoldBackAsync(now, cancel);
        await ResolveAsync(now, cancel);
        await db.SaveChangesAsync(cancel);
        var told = await TellAsync(now, cancel);
        await db.SaveChangesAsync(cancel);
        await alone.CommitAsync(cancel);
        return left == Batch || joined == Batch || told == MostTold;
    }

    // What has a problem and no incident yet; the same words as the index for it.
    private IQueryable<Connection> Unaccounted => db.Connections.Where(c => c.IncidentId == null
        && (c.Status == AuthorizationStatus.Failed || c.Status == AuthorizationStatus.Exception || c.RefreshProblem != null));

    private IQueryable<Incident> Open => db.Incidents.Where(i => i.ResolvedAt == null);

    private async Task<bool> IsThereAnythingAsync(CancellationToken cancel) => await Unaccounted.AnyAsync(cancel) || await Open.AnyAsync(cancel) || await db.Connections.AnyAsync(c => c.IncidentId != null, cancel);

    // Those that work again, hold no credentials any more, or have a trouble of their own by now.
    private async Task<int> LeaveAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var events = db.ConnectionEvents;
        var leaving = await (from c in db.Connections
                             join i in db.Incidents on c.IncidentId equals i.Id
                             let isWell = c.Status == AuthorizationStatus.Success && c.RefreshProblem == null
                             // Who was only put on the list has to have been asked; who felt it says by being well that it was answered.
                             let isAnswered = c.TestedAt > i.OpenedAt || events.Any(e => e.ConnectionId == c.Id && e.Kind == EventKinds.Recovered && e.At > i.OpenedAt)
                             where (isWell && (i.ConnectionId != null || i.CalmSince != null || isAnswered)) || c.Status == null || i.ResolvedAt != null || (i.ConnectionId == null && c.Status == AuthorizationStatus.Failed)
                             orderby c.Id
                             select new { c.Id, IncidentId = i.Id, CameBack = isWell && isAnswered }).Take(Batch).ToListAsync(cancel);
        if (leaving.Count == 0) return 0;
        var ids = leaving.Select(c => c.Id).ToList();
        await db.Connections.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.IncidentId, (int?)null), cancel);

        // Where one connection gets through again, the others of the host that felt it are tried, too: before those whose turn
        // it merely is, of which there may be a thousand by now.
        var back = leaving.Where(c => c.CameBack).CountBy(c => c.IncidentId).ToDictionary();
        foreach (var incident in await Open.Where(i => back.Keys.Contains(i.Id) && i.ConnectionId == null).ToListAsync(cancel))
        {
            await db.LetOthersFollowAsync(incident.Id, back[incident.Id], now, cancel);
            if (incident.CalmSince is not null) continue;
            incident.CalmSince = now;
            await db.Connections.Where(c => c.IncidentId == incident.Id && (c.Status != AuthorizationStatus.Success || c.RefreshProblem != null)).ExecuteUpdateAsync(set => set.SetProperty(c => c.TestDueAt, incident.OpenedAt), cancel);
        }

        return leaving.Count;
    }

    // It looked over, and is not: the app is in trouble again, or some never came out of it.
    private async Task WorsenAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var (connections, calm) = (db.Connections, now - Calm);
        foreach (var incident in await Open.Where(i => i.ConnectionId == null && i.CalmSince != null
            && connections.Any(c => c.IncidentId == i.Id && (c.Status == AuthorizationStatus.Exception || c.RefreshProblem != null) && (c.TestedAt > i.CalmSince || i.CalmSince < calm))).ToListAsync(cancel))
            incident.CalmSince = null;
    }

    private async Task<int> JoinAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var rows = await Unaccounted.AsNoTracking().OrderBy(c => c.Id).Take(Batch).ToListAsync(cancel);
        foreach (var group in rows.GroupBy(r => IncidentScope.Of(r, catalog)))
        {
            var (scope, first, ids) = (group.Key, group.First(), group.Select(c => c.Id).ToList());
            var incident = await FindAsync(scope, cancel);
            if (incident is null) db.Add(incident = New(scope, first, now));
            // As it was met last, while nobody has been told yet.
            else if (incident.ToldAt is null || !incident.IsShared) (incident.Cause, incident.Words, incident.Evidence) = Known(scope, first);
            incident.CalmSince = null;
            await db.SaveChangesAsync(cancel);
            // Of those that are part of it one asks now and then whether it is over: some have to be due.
            var soon = now + HealthSchedule.InTrouble;
            await db.Connections.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.IncidentId, incident.Id).SetProperty(c => c.TestDueAt, c => scope.ConnectionId == null && c.TestDueAt > soon ? soon : c.TestDueAt), cancel);
            await db.ConnectionEvents.Where(e => ids.Contains(e.ConnectionId) && e.IncidentId == null && e.At >= incident.OpenedAt - Calm && (e.Kind == EventKinds.Lost || e.Kind == EventKinds.Trouble))
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.IncidentId, incident.Id), cancel);
            incident.Affected = Math.Max(incident.Affected, incident.IsShared ? await db.Connections.CountAsync(c => c.IncidentId == incident.Id, cancel) : 1);
            await db.SaveChangesAsync(cancel);
            if (incident is { IsShared: true, ToldAt: not null }) await TellAsync(incident, IncidentNews.Joined, cancel);
        }

        return rows.Count;
    }

    private async Task HoldBackAsync(DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var incident in await Open.Where(i => i.ConnectionId == null).Select(i => i.Id).ToListAsync(cancel)) await db.LetOneAskAsync(incident, now, cancel);
    }

    private Task<Incident?> FindAsync(IncidentScope scope, CancellationToken cancel) => scope.ConnectionId is { } id
        ? Open.SingleOrDefaultAsync(i => i.ConnectionId == id && !i.IsWarning, cancel)
        : Open.SingleOrDefaultAsync(i => i.ConnectionId == null && i.Provider == scope.Provider && i.Host == scope.Host, cancel);

    private async Task ResolveAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var (calm, connections) = (now - Calm, db.Connections);
        foreach (var incident in await Open.Where(i => !i.IsWarning && !connections.Any(c => c.IncidentId == i.Id) && (i.CalmSince == null || i.CalmSince <= calm)).OrderBy(i => i.Id).Take(Batch).ToListAsync(cancel))
        {
            if (incident.CalmSince is null) incident.CalmSince = now;
            else await EndAsync(incident, now, cancel);
        }
    }

    private static string CauseOf(Connection row) => row.Cause ?? Causes.Unknown;

    private static string WordsOf(Connection row) => row.Error ?? row.RefreshProblem ?? "It does not work, and nothing says why.";

    // What concerns many is told to people of other projects, too: in general words, and with no more than the first line,
    // status or error of the network, of what one of them was answered.
    private (string Cause, string Words, string? Evidence) Known(IncidentScope scope, Connection first)
    {
        if (scope.ConnectionId is not null) return (CauseOf(first), WordsOf(first), first.Evidence);
        var told = CauseWords.Of(CauseOf(first));
        var (app, host) = scope.Host == IncidentScope.Anything ? ("the apps", "the apps") : (catalog.TitleOf(scope.Provider), scope.Host!);
        var words = CauseWords.Fill($"{told.Words}. {told.Next}", app, host);
        return (told.Cause, words, scope.Host == IncidentScope.Anything ? null : first.Evidence?.Split('\n')[0]);
    }

    private Incident New(IncidentScope scope, Connection first, DateTimeOffset now)
    {
        var (cause, words, evidence) = Known(scope, first);
        return new()
        {
            Provider = scope.Provider,
            Host = scope.Host,
            ConnectionId = scope.ConnectionId,
            ConnectionName = scope.ConnectionId is null ? null : first.Name,
            Cause = cause,
            Words = words,
            Evidence = evidence,
            OpenedAt = now,
        };
    }
}
