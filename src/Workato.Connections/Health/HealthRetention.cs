using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;
using Workato.Connections.Timelines;

namespace Workato.Connections.Health;

/// <summary>Forgets the sums of days, and the samples that charts are drawn from, after 400 days.</summary>
public sealed class HealthRetention(IServiceScopeFactory scopes, TimeProvider time, ILogger<HealthRetention> log) : Retention(scopes, time, log)
{
    /// <inheritdoc/>
    protected override TimeSpan Kept => TimeSpan.FromDays(400);

    /// <inheritdoc/>
    protected override async Task<int> ForgetAsync(ConnectionsDbContext db, DateTimeOffset before, int most, CancellationToken cancel)
    {
        var day = DateOnly.FromDateTime(before.UtcDateTime);
        return Math.Max(
            await db.HealthSamples.Where(s => s.At < before).OrderBy(s => s.At).Take(most).ExecuteDeleteAsync(cancel),
            await db.ConnectionDays.Where(d => d.Day < day).OrderBy(d => d.Day).Take(most).ExecuteDeleteAsync(cancel));
    }
}
