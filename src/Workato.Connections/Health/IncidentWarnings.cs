using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;
using Workato.Connections.Privileges;
using Workato.Connections.Timelines;

namespace Workato.Connections.Health;

/// <summary>
/// What will break, told before it does: a permission, key or certificate with a known end, and connections that live on
/// the personal account of somebody who was removed.
/// </summary>
public sealed class IncidentWarnings(ConnectionsDbContext db, IncidentRound round, TimeProvider time)
{
    private const int Batch = 500;

    /// <summary>Opens and ends warnings.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var alone = await db.BeginAloneAsync(AloneFor.Incidents, cancel);
        var now = time.GetUtcNow();
        foreach (var row in await Without(Ending(now), Causes.EndsSoon).OrderBy(c => c.WarnAt).Take(Batch).ToListAsync(cancel))
            Warn(row, Causes.EndsSoon, Words(row), now);
        foreach (var row in await Without(Orphaned, Causes.OwnerRemoved).OrderBy(c => c.Id).Take(Batch).ToListAsync(cancel))
            Warn(row, Causes.OwnerRemoved, $"It works by the personal account of {row.AuthorizedBy}, who was removed from this workspace. When that account is closed in the app, everything that uses this connection stops: connect it again, best by a dedicated user.", now);
        await EndAsync(Causes.EndsSoon, Ending(now), now, cancel);
        await EndAsync(Causes.OwnerRemoved, Orphaned, now, cancel);
        await db.SaveChangesAsync(cancel);
        await alone.CommitAsync(cancel);
    }

    // What is in trouble for a while ends no less than what works.
    private IQueryable<Connection> Connected => db.Connections.AsNoTracking().Where(c => c.Status == AuthorizationStatus.Success || c.Status == AuthorizationStatus.Exception);

    private IQueryable<Connection> Ending(DateTimeOffset now) => Connected.Where(c => c.WarnAt <= now);

    private IQueryable<Connection> Orphaned
    {
        get
        {
            var removed = db.Set<Member>().Where(m => m.RemovedAt != null);
            return Connected.Where(c => c.AccountKind == AccountKind.Personal && c.AuthorizedById != null && removed.Any(m => m.Id == c.AuthorizedById));
        }
    }

    private IQueryable<Connection> Without(IQueryable<Connection> rows, string cause)
    {
        var incidents = db.Incidents;
        return rows.Where(c => !incidents.Any(i => i.ConnectionId == c.Id && i.IsWarning && i.Cause == cause && i.ResolvedAt == null));
    }

    private void Warn(Connection row, string cause, string words, DateTimeOffset now)
    {
        db.Add(new Incident { Provider = row.Provider, ConnectionId = row.Id, ConnectionName = row.Name, Cause = cause, IsWarning = true, Words = words, OpenedAt = now, Affected = 1 });
        db.Add(new ConnectionEvent { ConnectionId = row.Id, At = now, Kind = EventKinds.Warned, Cause = cause, Words = words });
    }

    // Seen to, or overtaken by the loss itself, which is an incident of its own.
    private async Task EndAsync(string cause, IQueryable<Connection> still, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var incident in await db.Incidents.Where(i => i.ResolvedAt == null && i.IsWarning && i.Cause == cause && !still.Any(c => c.Id == i.ConnectionId)).OrderBy(i => i.Id).Take(Batch).ToListAsync(cancel))
            await round.EndAsync(incident, now, cancel);
    }

    private static string Words(Connection row)
    {
        var day = row.EndsAt?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return row.EndIsGiven
            ? $"Its key, secret or certificate ends on {day}. Make a new one in the app and enter it here before then."
            : $"The app's permission ends on {day} and cannot be renewed without a person. Connect it again before then.";
    }
}
