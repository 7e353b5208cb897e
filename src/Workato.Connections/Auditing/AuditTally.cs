using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;

namespace Workato.Connections.Auditing;

/// <summary>
/// Sums what happens often and writes it down once a minute: calls, refusals, tokens that are not known. What a process
/// counted and had not written when it was killed is gone; an orderly stop writes it.
/// </summary>
public sealed partial class AuditTally(IServiceScopeFactory scopes, TimeProvider time, ILogger<AuditTally> log) : BackgroundService
{
    /// <summary>How often it is written down.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // So that an attack with ever new addresses fills neither memory nor database.
    private const int MaxKinds = 10_000;

    private ConcurrentDictionary<(Actor Actor, string Event, Audited Resource), Sum> sums = new();

    /// <summary>Counts one.</summary>
    public void Count(Actor actor, string @event, Audited resource, string? reason = null)
    {
        var counting = Volatile.Read(ref sums);
        var key = (actor, @event, resource);
        if (!counting.TryGetValue(key, out var sum))
        {
            if (counting.Count >= MaxKinds) key = (actor with { Address = null, UserAgent = null }, @event, new(resource.Type, null, "many more"));
            sum = counting.GetOrAdd(key, _ => new());
        }

        sum.Reason = reason;
        Interlocked.Increment(ref sum.Count);
    }

    /// <summary>Writes down what was counted so far.</summary>
    public async Task WriteAsync(CancellationToken cancel)
    {
        if (sums.IsEmpty) return;
        var counted = Interlocked.Exchange(ref sums, new());
        await using var scope = scopes.CreateAsyncScope();
        var trail = scope.ServiceProvider.GetRequiredService<AuditTrail>();
        foreach (var ((actor, @event, resource), sum) in counted) trail.Add(actor, @event, resource, reason: sum.Reason, count: sum.Count);
        await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().SaveChangesAsync(cancel);
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

    [LoggerMessage(LogLevel.Error, "What was counted in the last minute could not be written into the audit log.")]
    private static partial void LogFailed(ILogger log, Exception e);

    private sealed class Sum
    {
        public int Count;
        public string? Reason;
    }
}
