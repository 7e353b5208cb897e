using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;

namespace Workato.Connections.Health;

/// <summary>While an app is in trouble, the connections that wait for new tokens do not all ask it: the one whose turn is next asks for the others.</summary>
internal static class RenewalsInTrouble
{
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
        await waiting.Where(c => c.Id != next.Id && c.RefreshDueAt < later).ExecuteUpdateAsync(set => set.SetProperty(c => c.RefreshDueAt, later), cancel);
    }
}
