using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;

namespace Workato.Connections.Secrets;

/// <summary>
/// Reads the key ring again every few seconds, for a node that did not hear of a change; and makes the next data key
/// before the one in force expires, but never because others cannot be opened.
/// </summary>
internal sealed partial class KeyRingWatch(KeyRings rings, KeyMaker maker, IServiceScopeFactory scopes, TimeProvider time, ILogger<KeyRingWatch> log) : BackgroundService
{
    /// <summary>How often. A node that hears nothing from others seals under an old key for that long at the most.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // All nodes are to know the next key well before it is in force.
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(2);

    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        rings.Refresh();
        var (keys, now) = (rings.Keys, time.GetUtcNow());
        if (rings.Default.ExpiresAt > now + Ahead || keys.Any(k => k.ExpiresAt > now + Ahead || !(k.IsRevoked || k.CanBeOpened))) return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var (id, row) = maker.Make(rings.Default.ExpiresAt > now ? rings.Default.ExpiresAt : now);
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        rings.Refresh();
        LogNext(log, id);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "The data key in force expires soon; the next one is {KeyId}.")]
    private static partial void LogNext(ILogger log, Guid keyId);

    [LoggerMessage(LogLevel.Warning, "The data keys could not be looked after; tried again in some seconds.")]
    private static partial void LogFailed(ILogger log, Exception e);
}
