using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Workato.Connections.Auditing;

/// <summary>Gives new entries their place in the chain, once a second.</summary>
internal sealed partial class AuditChaining(IServiceScopeFactory scopes, TimeProvider time, ILogger<AuditChaining> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                while (await scope.ServiceProvider.GetRequiredService<AuditChain>().ChainAsync(stoppingToken) > 0)
                {
                    // More may have come meanwhile.
                    scope.ServiceProvider.GetRequiredService<Data.ConnectionsDbContext>().ChangeTracker.Clear();
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(log, e);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Audit entries could not be chained; it is tried again in a second.")]
    private static partial void LogFailed(ILogger log, Exception e);
}
