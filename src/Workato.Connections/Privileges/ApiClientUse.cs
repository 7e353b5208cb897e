using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;

namespace Workato.Connections.Privileges;

/// <summary>Remembers when API clients were last used, and writes it down once a minute: no request waits for it.</summary>
public sealed class ApiClientUse(IServiceScopeFactory scopes, TimeProvider time, ILogger<ApiClientUse> log) : MinuteWriter(time, log)
{
    // The minute each was last seen in, until it is written.
    private readonly ConcurrentDictionary<int, long> seen = new();

    /// <summary>It is used now.</summary>
    public void Note(int clientId)
    {
        var minute = Time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        // Read before written: of many requests a minute one writes.
        if (!seen.TryGetValue(clientId, out var last) || last != minute) seen[clientId] = minute;
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(CancellationToken cancel)
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
}
