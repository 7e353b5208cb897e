using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;

namespace Workato.Connections.Health;

/// <summary>Looks after every change of a connection, and every few seconds, whether incidents begin, end, or are to be told.</summary>
public sealed partial class IncidentWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WarnEvery = TimeSpan.FromMinutes(1);

    // Of many changes at once the first is not looked at a hundred times.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(300);

    private readonly IServiceScopeFactory scopes;
    private readonly TimeProvider time;
    private readonly ILogger<IncidentWatch> log;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset warnedAt;

    /// <summary>Listens to <paramref name="feed"/> from now on.</summary>
    public IncidentWatch(IServiceScopeFactory scopes, ChangeFeed feed, TimeProvider time, ILogger<IncidentWatch> log)
    {
        (this.scopes, this.time, this.log) = (scopes, time, log);
        feed.RowChanged += (table, _) =>
        {
            if (table == Connection.Table) Volatile.Read(ref changed).TrySetResult();
        };
    }

    /// <summary>Everything there is to do now.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        bool isMore;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                isMore = await scope.ServiceProvider.GetRequiredService<IncidentRound>().RunAsync(cancel);
            }
            catch (Exception e) when (scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().IsDeadlock(e))
            {
                // Nothing of it was written: once more.
                isMore = true;
            }
        }
        while (isMore);

        if (time.GetUtcNow() - warnedAt < WarnEvery) return;
        await using var warning = scopes.CreateAsyncScope();
        await warning.ServiceProvider.GetRequiredService<IncidentWarnings>().RunAsync(cancel);
        await warning.ServiceProvider.GetRequiredService<HealthSampler>().RunAsync(cancel);
        warnedAt = time.GetUtcNow();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Volatile.Write(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e);
            }

            await Task.WhenAny(changed.Task, Task.Delay(Interval, time, stoppingToken));
            await Task.WhenAny(Task.Delay(Gather, time, stoppingToken));
        }
    }

    [LoggerMessage(LogLevel.Error, "Whether connections have new troubles could not be looked up; tried again in a few seconds.")]
    private static partial void LogFailed(ILogger log, Exception e);
}
