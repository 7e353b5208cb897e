using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;

namespace Workato.Connections.Notices;

/// <summary>Forgets deliveries that arrived or were given up long ago. Those of an incident that goes on stay: who was told of it is to hear of its end.</summary>
public sealed partial class NoticeRetention(IServiceScopeFactory scopes, TimeProvider time, ILogger<NoticeRetention> log) : BackgroundService
{
    /// <summary>How long they are kept.</summary>
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
        var open = db.Set<Health.Incident>().Where(i => i.ResolvedAt == null);
        int forgotten;
        do
        {
            var old = db.NoticeDeliveries.Where(d => d.DueAt == null && (d.SentAt ?? d.GivenUpAt) < before && !open.Any(i => i.Id == d.IncidentId)).OrderBy(d => d.Id).Select(d => d.Id).Take(Batch);
            forgotten = await db.NoticeDeliveries.Where(d => old.Contains(d.Id)).ExecuteDeleteAsync(cancel);
        }
        while (forgotten == Batch);
    }

    [LoggerMessage(LogLevel.Error, "Old deliveries of notices could not be deleted; tried again in an hour.")]
    private static partial void LogFailed(ILogger log, Exception e);
}
