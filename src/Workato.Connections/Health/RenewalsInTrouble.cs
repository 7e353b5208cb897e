using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;

namespace Workato.Connections.Health;

/// <summary>
/// While an app is in trouble, the connections that wait for new tokens do not all ask it: the one whose turn is next asks
/// for the others. What gets through lets some of the others try: they come back the faster the more of them get through,
/// and an app that grants one of a hundred is not asked by all again and again.
/// </summary>
internal static class RenewalsInTrouble
{
    private const int FollowEach = 16;

    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Has the renewals of an incident wait until a while after the next of them, which keeps the time that the app or its own
    /// failures have given it. While it is on its way they go on waiting: an app that hangs is not asked by all of them either.
    /// </summary>
    public static async Task LetOneAskAsync(this ConnectionsDbContext db, int incidentId, DateTimeOffset now, CancellationToken cancel)
    {
        var waiting = db.Connections.Where(c => c.IncidentId == incidentId && c.RefreshProblem != null && c.RefreshDueAt != null);
        if (await waiting.OrderBy(c => c.RefreshDueAt).ThenBy(c => c.Id).Select(c => new { c.Id, c.RefreshDueAt }).FirstOrDefaultAsync(cancel) is not { } next) return;
        var later = (next.RefreshDueAt > now ? next.RefreshDueAt.Value : now) + Apart;
        // Not in every round: each of these writes is told to all nodes.
        var soon = later - (Apart / 2);
        await waiting.Where(c => c.Id != next.Id && c.RefreshDueAt > now && c.RefreshDueAt < soon).ExecuteUpdateAsync(set => set.SetProperty(c => c.RefreshDueAt, later), cancel);
    }

    /// <summary>After so many of an incident came back: those whose turn is next may try now, but for those that the app gave a time.</summary>
    public static async Task LetOthersFollowAsync(this ConnectionsDbContext db, int incidentId, int cameBack, DateTimeOffset now, CancellationToken cancel)
    {
        var waiting = db.Connections.Where(c => c.IncidentId == incidentId && c.RefreshProblem != null && c.RefreshDueAt > now && c.Cause != Causes.Throttled);
        var next = await waiting.OrderBy(c => c.RefreshDueAt).ThenBy(c => c.Id).Select(c => c.Id).Take(cameBack * FollowEach).ToListAsync(cancel);
        await waiting.Where(c => next.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.RefreshDueAt, now), cancel);
    }
}
