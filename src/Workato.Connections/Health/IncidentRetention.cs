using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;
using Workato.Connections.Timelines;

namespace Workato.Connections.Health;

/// <summary>Forgets what stands in time lines, and incidents that are over, after 180 days.</summary>
public sealed class IncidentRetention(IServiceScopeFactory scopes, TimeProvider time, ILogger<IncidentRetention> log) : Retention(scopes, time, log)
{
    /// <inheritdoc/>
    protected override TimeSpan Kept => TimeSpan.FromDays(180);

    /// <inheritdoc/>
    protected override async Task<int> ForgetAsync(ConnectionsDbContext db, DateTimeOffset before, int most, CancellationToken cancel) => Math.Max(
        await db.ConnectionEvents.Where(e => e.At < before).OrderBy(e => e.At).Take(most).ExecuteDeleteAsync(cancel),
        await db.Incidents.Where(i => i.ResolvedAt < before).OrderBy(i => i.ResolvedAt).Take(most).ExecuteDeleteAsync(cancel));
}
