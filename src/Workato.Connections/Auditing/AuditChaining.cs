using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Workato.Connections.Auditing;

/// <summary>Gives new entries their place in the chain, once a second, and once more at the end; less often while it fails.</summary>
internal sealed partial class AuditChaining(IServiceScopeFactory scopes, TimeProvider time, ILogger<AuditChaining> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryChainAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = Interval; ; pause = await TryChainAsync(stoppingToken) ? Interval : Longer(pause)) await Task.Delay(pause, time, stoppingToken);
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private async Task<bool> TryChainAsync(CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var chain = scope.ServiceProvider.GetRequiredService<AuditChain>();
            while (await chain.ChainAsync(cancel) > 0)
            {
                // More may have come meanwhile.
            }

            return true;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            LogFailed(log, e);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Audit entries could not be chained. They are kept and wait; it is tried again within a minute.")]
    private static partial void LogFailed(ILogger log, Exception e);
}
