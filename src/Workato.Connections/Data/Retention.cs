using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Workato.Connections.Data;

/// <summary>Forgets old rows of one kind once an hour, a few at a time, so that nobody waits for it.</summary>
public abstract partial class Retention(IServiceScopeFactory scopes, TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private const int Batch = 500;

    /// <summary>How long they are kept.</summary>
    protected abstract TimeSpan Kept { get; }

    /// <summary>Forgets what is due.</summary>
    public async Task ForgetAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, before) = (scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>(), time.GetUtcNow() - Kept);
        while (await ForgetAsync(db, before, Batch, cancel) == Batch)
        {
            // There may be more.
        }
    }

    /// <summary>Deletes rows of before then, <paramref name="most"/> of each table at the most; how many it were of the one with the most.</summary>
    protected abstract Task<int> ForgetAsync(ConnectionsDbContext db, DateTimeOffset before, int most, CancellationToken cancel);

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
                LogFailed(log, e, GetType().Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "What {What} is to forget could not be deleted; tried again in an hour.")]
    private static partial void LogFailed(ILogger log, Exception e, string what);
}

/// <summary>Sets up what is forgotten.</summary>
public static class RetentionSetup
{
    /// <summary>Forgets rows of this kind for as long as the server runs.</summary>
    public static IServiceCollection AddRetention<T>(this IServiceCollection services) where T : Retention =>
        services.AddSingleton<T>().AddHostedService(s => s.GetRequiredService<T>());
}
