using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Forgets jobs that ended 30 days ago, with their steps.</summary>
public sealed class JobRetention(IServiceScopeFactory scopes, TimeProvider time, ILogger<JobRetention> log) : Retention(scopes, time, log)
{
    /// <inheritdoc/>
    protected override TimeSpan Kept => TimeSpan.FromDays(30);

    /// <inheritdoc/>
    protected override Task<int> ForgetAsync(ConnectionsDbContext db, DateTimeOffset before, int most, CancellationToken cancel)
    {
        var old = db.Jobs.Where(j => j.CompletedAt < before).OrderBy(j => j.CompletedAt).Select(j => j.Id).Take(most);
        return db.Jobs.Where(j => old.Contains(j.Id)).ExecuteDeleteAsync(cancel);
    }
}
