using Microsoft.EntityFrameworkCore;

namespace Workato.Connections.Health;

/// <summary>Which incidents are told, and of whom they speak then.</summary>
public sealed partial class IncidentRound
{
    private const int MostEnlisted = 10_000;
    private const int MostAsking = 25;

    // Others wait for the end of the transaction in which they are told.
    private const int MostTold = 25;

    /// <summary>It is over, which is told to whoever was told that it began.</summary>
    internal async Task EndAsync(Incident incident, DateTimeOffset now, CancellationToken cancel)
    {
        incident.ResolvedAt = now;
        Telemetry.IncidentNews(incident.Provider, incident.Cause, "resolved");
        if (incident.ToldAt is null || await IsOfUserAsync(incident, cancel)) return;
        await TellAsync(incident, IncidentNews.Resolved, cancel);
    }

    private async Task TellAsync(Incident incident, IncidentNews news, CancellationToken cancel)
    {
        foreach (var teller in tellers) await teller.TellAsync(incident, news, cancel);
    }

    private async Task<int> TellAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var (own, shared) = (now - IncidentScope.Patience(isShared: false), now - IncidentScope.Patience(isShared: true));
        var due = await Open.Where(i => i.ToldAt == null && i.CalmSince == null && (i.IsWarning || i.OpenedAt <= (i.ConnectionId == null ? shared : own))).OrderBy(i => i.Id).Take(MostTold).ToListAsync(cancel);
        foreach (var incident in due)
        {
            if (incident.IsShared) await EnlistAsync(incident, now, cancel);
            else await PutExactlyAsync(incident, cancel);
            incident.ToldAt = now;
            Telemetry.IncidentNews(incident.Provider, incident.Cause, "opened");
            if (await IsOfUserAsync(incident, cancel)) continue;
            await TellAsync(incident, IncidentNews.Opened, cancel);
        }

        return due.Count;
    }

    // Whoever connects to the same host will feel it, too, though nobody has asked on their behalf.
    private async Task EnlistAsync(Incident incident, DateTimeOffset now, CancellationToken cancel)
    {
        if (incident.IsOfServer) return;
        var rows = db.Connections.AsNoTracking().Where(c => c.Provider == incident.Provider && c.IncidentId == null && c.Status != null && (c.TestedAt == null || c.TestedAt <= incident.OpenedAt)).OrderBy(c => c.Id).Take(MostEnlisted);
        var concerned = new List<int>();
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (IncidentScope.HostOf(row, catalog) == incident.Host) concerned.Add(row.Id);
        }

        foreach (var ids in concerned.Chunk(Batch)) await db.Connections.Where(c => ids.Contains(c.Id) && c.IncidentId == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.IncidentId, incident.Id), cancel);
        // Those that felt it may go before it is over: somebody else has to ask then.
        var (few, soon) = (concerned.Take(MostAsking).ToList(), now + HealthSchedule.InTrouble);
        await db.Connections.Where(c => few.Contains(c.Id) && c.TestDueAt > soon).ExecuteUpdateAsync(set => set.SetProperty(c => c.TestDueAt, soon), cancel);
        incident.Affected = Math.Max(incident.Affected, await db.Connections.CountAsync(c => c.IncidentId == incident.Id, cancel));
    }

    // A call knows a status; the test that follows it knows why.
    private async Task PutExactlyAsync(Incident incident, CancellationToken cancel)
    {
        if (incident is not { IsWarning: false, ConnectionId: { } id } || await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } row) return;
        (incident.Cause, incident.Words, incident.Evidence) = (CauseOf(row), WordsOf(row), row.Evidence);
    }

    // End users see to their own connections: who runs the recipes is not told of each.
    private async Task<bool> IsOfUserAsync(Incident incident, CancellationToken cancel) => incident.ConnectionId is { } id && await db.Connections.OfUsers().AnyAsync(c => c.Id == id, cancel);
}
