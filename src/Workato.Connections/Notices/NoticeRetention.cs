using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;
using Workato.Connections.Health;

namespace Workato.Connections.Notices;

/// <summary>Forgets deliveries that arrived or were given up 30 days ago. Those of an incident that goes on stay: who was told of it is to hear of its end.</summary>
public sealed class NoticeRetention(IServiceScopeFactory scopes, TimeProvider time, ILogger<NoticeRetention> log) : Retention(scopes, time, log)
{
    /// <inheritdoc/>
    protected override TimeSpan Kept => TimeSpan.FromDays(30);

    /// <inheritdoc/>
    protected override Task<int> ForgetAsync(ConnectionsDbContext db, DateTimeOffset before, int most, CancellationToken cancel)
    {
        var open = db.Incidents.Where(i => i.ResolvedAt == null);
        var old = db.NoticeDeliveries.Where(d => d.DueAt == null && (d.SentAt ?? d.GivenUpAt) < before && !open.Any(i => i.Id == d.IncidentId)).OrderBy(d => d.Id).Select(d => d.Id).Take(most);
        return db.NoticeDeliveries.Where(d => old.Contains(d.Id)).ExecuteDeleteAsync(cancel);
    }
}
