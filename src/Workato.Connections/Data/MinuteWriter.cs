using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Workato.Connections.Data;

/// <summary>Writes once a minute, and once more at an orderly stop, what was noted in memory. What could not be written is kept for the next time.</summary>
public abstract partial class MinuteWriter(TimeProvider time, ILogger log) : BackgroundService
{
    /// <summary>How often it is written down.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>Writes down what was noted so far.</summary>
    public abstract Task WriteAsync(CancellationToken cancel);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWriteAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await TryWriteAsync(stoppingToken);
    }

    private async Task TryWriteAsync(CancellationToken cancel)
    {
        try
        {
            await WriteAsync(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            LogFailed(log, e, GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Error, "What {What} noted in the last minute could not be written down; it is tried again in a minute.")]
    private static partial void LogFailed(ILogger log, Exception e, string what);
}
