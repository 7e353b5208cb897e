using System.Collections.ObjectModel;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Egress;

namespace Workato.Connections;

/// <summary>Tells whoever asked for a user's connection that the user has connected it; again later where nobody is there, and not for ever.</summary>
internal sealed partial class RuntimeUserCallbacks(IServiceScopeFactory scopes, AppHttp http, TimeProvider time, ILogger<RuntimeUserCallbacks> log) : IWorker
{
    /// <summary>The kind of work.</summary>
    public const string Work = "runtime_user_callback";

    // 30 seconds, doubled each time up to an hour: a little over six hours in all.
    private const int MaxAttempts = 13;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public string Kind => Work;

    public int AtOnce => 8;

    public async Task DoAsync(WorkItem item, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        db.Attach(item);
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == item.Subject, cancel);
        var problem = connection?.CallbackUrl is { } address ? await TellAsync(new(address), connection, cancel) : null;
        if (problem is not null && item.Attempts < MaxAttempts)
        {
            item.PutOff(time.GetUtcNow() + Pause(item.Attempts));
            LogNotTold(log, item.Subject, item.Attempts, problem);
        }
        else
        {
            db.Remove(item);
            if (problem is not null) LogGivenUp(log, item.Subject, item.Attempts, problem);
        }

        await db.SaveChangesAsync(cancel);
    }

    private async Task<string?> TellAsync(Uri address, Connection connection, CancellationToken cancel)
    {
        var body = JsonSerializer.Serialize(new
        {
            id = connection.Id,
            external_id = connection.ExternalId,
            parent_id = connection.ParentId,
            provider = connection.Provider,
            authorization_status = connection.Status?.ToString().ToLowerInvariant(),
        });
        return await http.PostJsonAsync(address, body, ReadOnlyDictionary<string, string>.Empty, time, cancel) switch
        {
            { HasArrived: true } => null,
            { Status: { } status } => $"it answered {status}",
            { Refusal: { } refused } => refused.Message,
            { HasTimedOut: true } => "it did not answer in time",
            _ => "it could not be reached",
        };
    }

    private static TimeSpan Pause(int attempts) => FirstPause * Math.Pow(2, attempts - 1) is var pause && pause < LongestPause ? pause : LongestPause;

    // Without the address: it may hold a secret of whoever is told.
    [LoggerMessage(LogLevel.Information, "The callback of runtime user connection {ConnectionId} failed ({Attempts} times so far): {Problem}. It is tried again later.")]
    private static partial void LogNotTold(ILogger log, long connectionId, int attempts, string problem);

    [LoggerMessage(LogLevel.Warning, "The callback of runtime user connection {ConnectionId} failed {Attempts} times, last because {Problem}; it is given up.")]
    private static partial void LogGivenUp(ILogger log, long connectionId, int attempts, string problem);
}
