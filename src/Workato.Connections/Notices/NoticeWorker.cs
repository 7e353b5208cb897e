using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;

namespace Workato.Connections.Notices;

/// <summary>
/// Sends what is due of one channel, in order. Each channel has one lasting piece of work, so that one node at a time sends
/// to it; where nothing gets through, the piece of work waits, and with it everything of this channel.
/// </summary>
internal sealed partial class NoticeWorker(IServiceScopeFactory scopes, WorkSignal signal, TimeProvider time, ILogger<NoticeWorker> log) : IWorker
{
    /// <summary>The kind of work.</summary>
    public const string Work = "notices";

    // Whoever writes a delivery says so; this is for what a race or a restored database left behind.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WhileOff = TimeSpan.FromHours(1);
    private const int TriesInTurn = 4;

    public string Kind => Work;

    public int AtOnce => 8;

    public async Task DoAsync(WorkItem item, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        db.Attach(item);
        var (isThere, until, seen) = await SendAsync(db, scope.ServiceProvider.GetRequiredService<NoticeSending>(), (int)item.Subject, cancel);
        if (isThere)
        {
            await PutOffAsync(db, item, until, seen, cancel);
        }
        else
        {
            db.Remove(item);
            await db.SaveChangesAsync(cancel);
        }
    }

    // Until when, where the channel as a whole has to wait; null: until something is due. And as of which change of it.
    private async Task<(bool IsThere, DateTimeOffset? Until, DateTimeOffset Seen)> SendAsync(ConnectionsDbContext db, NoticeSending sending, int channelId, CancellationToken cancel)
    {
        DateTimeOffset seen = default;
        for (var isMore = true; isMore;)
        {
            isMore = false;
            var held = new HashSet<Lane>();
            foreach (var waiting in AskingFirst(await WaitingAsync(db, channelId, cancel)))
            {
                var now = time.GetUtcNow();
                if (held.Contains(waiting.Lane)) continue;
                if (signal.IsStopping) return (true, now, seen);
                if (await db.NoticeChannels.AsNoTracking().SingleOrDefaultAsync(c => c.Id == channelId, cancel) is not { } channel) return (false, null, seen);
                seen = channel.UpdatedAt;
                if (channel.StoppedAt is not null) return (true, now + WhileOff, seen);
                if (QuietHours.EndOf(channel, now) is { } end) return (true, end, seen);
                if (waiting.DueAt > now)
                {
                    held.Add(waiting.Lane);
                    continue;
                }

                if (await db.NoticeDeliveries.AsNoTracking().SingleOrDefaultAsync(d => d.Id == waiting.Id && d.DueAt != null, cancel) is not { } delivery) continue;
                var (outcome, next) = await sending.TryAsync(channel, delivery, cancel);
                Telemetry.NoticeTried(channel.Kind, outcome.ToString());
                if (outcome == NoticeEnd.Unreachable) LogUnreachable(log, channelId, next);
                if (outcome == NoticeEnd.Gone) LogGone(log, channelId);
                if (outcome is NoticeEnd.Unreachable or NoticeEnd.Gone) return (true, outcome == NoticeEnd.Gone ? now + WhileOff : next, seen);
                if (outcome == NoticeEnd.Refused) held.Add(waiting.Lane);
                isMore |= outcome == NoticeEnd.Arrived;
            }
        }

        return (await db.NoticeChannels.AnyAsync(c => c.Id == channelId, cancel), null, seen);
    }

    // The row is written first, and looked again after that: whoever wrote a delivery meanwhile has either let go of the row,
    // and is seen, or waits for it, and then makes it due.
    private async Task PutOffAsync(ConnectionsDbContext db, WorkItem item, DateTimeOffset? until, DateTimeOffset seen, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        item.PutOff(until ?? time.GetUtcNow() + Idle);
        // It came to its end: how long the next failure of ours is waited for does not hang on how long the channel has been there.
        item.Attempts = 0;
        await db.SaveChangesAsync(cancel);
        // Somebody has changed the channel meanwhile: what the wait was for may be gone.
        if (until is not null && seen != default && await db.NoticeChannels.AnyAsync(c => c.Id == (int)item.Subject && c.UpdatedAt != seen, cancel))
        {
            item.PutOff(time.GetUtcNow());
            await db.SaveChangesAsync(cancel);
        }

        if (until is null && Heads(await WaitingAsync(db, (int)item.Subject, cancel)).Min(w => (DateTimeOffset?)w.DueAt) is { } next && next < item.DueAt)
        {
            item.PutOff(next);
            await db.SaveChangesAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    // While nothing gets through one message asks for all, and not for ever the same: a receiver may choke on that very one.
    private static IEnumerable<Waiting> AskingFirst(List<Waiting> all) => Heads(all).MinBy(w => (w.Attempts / TriesInTurn, w.Id)) is { } first ? all.Where(w => w != first).Prepend(first) : all;

    private static IEnumerable<Waiting> Heads(IEnumerable<Waiting> all) => all.DistinctBy(w => w.Lane);

    private static async Task<List<Waiting>> WaitingAsync(ConnectionsDbContext db, int channelId, CancellationToken cancel) =>
        await db.NoticeDeliveries.Where(d => d.ChannelId == channelId && d.DueAt != null).OrderBy(d => d.Id).Select(d => new Waiting(d.Id, d.DueAt!.Value, d.Attempts, d.ConnectionId, d.IncidentId)).ToListAsync(cancel);

    /// <summary>A message that waits.</summary>
    private sealed record Waiting(long Id, DateTimeOffset DueAt, int Attempts, int? ConnectionId, int? IncidentId)
    {
        public Lane Lane => ConnectionId is { } connection ? new(connection, 0, 0) : IncidentId is { } incident ? new(0, incident, 0) : new(0, 0, Id);
    }

    /// <summary>What keeps its order: the messages of a connection, or of an incident that concerns several.</summary>
    private readonly record struct Lane(int Connection, int Incident, long Message);

    // Without the address: it may hold a secret of whoever is told.
    [LoggerMessage(LogLevel.Warning, "Notices to the channel {ChannelId} do not get through; tried again at {Next}.")]
    private static partial void LogUnreachable(ILogger log, int channelId, DateTimeOffset next);

    [LoggerMessage(LogLevel.Warning, "The receiver of the channel {ChannelId} is gone (410); the channel was switched off.")]
    private static partial void LogGone(ILogger log, int channelId);
}
