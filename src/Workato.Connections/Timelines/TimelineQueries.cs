using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;

namespace Workato.Connections.Timelines;

/// <summary>What happened to one connection, newest first.</summary>
/// <param name="Events">A page of events.</param>
/// <param name="Days">What it did by day, in the time the page is about: days without an event, too.</param>
public sealed record Timeline(Page<ConnectionEvent> Events, IReadOnlyList<ConnectionDay> Days);

/// <summary>Reads time lines. Whether the asker may see the connection is asked before.</summary>
public sealed class TimelineQueries(ConnectionsDbContext db)
{
    /// <summary>A page of the time line of <paramref name="connectionId"/>, behind the event <paramref name="before"/> where that is given.</summary>
    public async Task<Timeline> PageAsync(int connectionId, long? before, int size, CancellationToken cancel)
    {
        var rows = db.ConnectionEvents.AsNoTracking().Where(e => e.ConnectionId == connectionId);
        var events = await rows.Where(e => before == null || e.Id < before).OrderByDescending(e => e.Id).Take(size + 1).ToListAsync(cancel);
        var days = db.ConnectionDays.AsNoTracking().Where(d => d.ConnectionId == connectionId);
        if (before is { } cursor && await rows.Where(e => e.Id == cursor).Select(e => (DateTimeOffset?)e.At).SingleOrDefaultAsync(cancel) is { } at)
        {
            var until = DateOnly.FromDateTime(at.UtcDateTime);
            days = days.Where(d => d.Day < until);
        }

        if (events.Count > size)
        {
            var from = DateOnly.FromDateTime(events[size - 1].At.UtcDateTime);
            days = days.Where(d => d.Day >= from);
        }

        return new(new([.. events.Take(size)], events.Count > size), await days.OrderByDescending(d => d.Day).Take(size).ToListAsync(cancel));
    }
}
