using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;

namespace Workato.Connections.Privileges;

/// <summary>Remembers when API clients were last used, and writes it down once a minute: no request waits for it.</summary>
public sealed partial class ApiClientUse(IServiceScopeFactory scopes, TimeProvider time, ILogger<ApiClientUse> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // The minute each was last seen in, until it is written.
    private readonly ConcurrentDictionary<int, long> seen = new();

    /// <summary>It is used now.</summary>
    public void Note(int clientId)
    {
        var minute = time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        // Read before written: of many requests a minute one writes.
        if (!seen.TryGetValue(clientId, out var last) || last != minute) seen[clientId] = minute;
    }

    /// <summary>Writes down what was noted so far.</summary>
    public async Task WriteAsync(CancellationToken cancel)
    {
        if (seen.IsEmpty) return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        foreach (var (id, minute) in seen.ToArray())
        {
            var at = new DateTimeOffset(minute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
            // Another node may have seen it later.
            await db.Set<ApiClient>().Where(c => c.Id == id && (c.UsedAt == null || c.UsedAt < at)).ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, at), cancel);
            // What was noted meanwhile stays for the next time.
            seen.TryRemove(new(id, minute));
        }
    }

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
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(log, e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "When API clients were last used could not be written down; it is tried again in a minute.")]
    private static partial void LogFailed(ILogger log, Exception e);
}
