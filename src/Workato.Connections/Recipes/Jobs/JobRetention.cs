using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Forgets jobs that ended long ago, with their steps.</summary>
public sealed partial class JobRetention(IServiceScopeFactory scopes, TimeProvider time, ILogger<JobRetention> log) : BackgroundService
{
    /// <summary>How long an ended job is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private const int Batch = 500;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ForgetAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e);
            }
        }
    }

    /// <summary>Forgets what is due; a few at a time, so that nobody waits for it.</summary>
    public async Task ForgetAsync(CancellationToken cancel)
    {
        var before = time.GetUtcNow() - Kept;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        int forgotten;
        do
        {
            var old = db.Jobs.Where(j => j.CompletedAt < before).OrderBy(j => j.CompletedAt).Select(j => j.Id).Take(Batch);
            forgotten = await db.Jobs.Where(j => old.Contains(j.Id)).ExecuteDeleteAsync(cancel);
        }
        while (forgotten == Batch);
    }

    [LoggerMessage(LogLevel.Error, "Old jobs could not be deleted; tried again in an hour.")]
    private static partial void LogFailed(ILogger log, Exception e);
}
