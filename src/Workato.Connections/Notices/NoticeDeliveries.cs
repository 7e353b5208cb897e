using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;

namespace Workato.Connections.Notices;

/// <summary>What was sent to a channel, and sending it again.</summary>
public sealed class NoticeDeliveries(ConnectionsDbContext db, NoticeChannels channels, NoticeSending sending, NoticeOptions options, WorkSignal signal, TimeProvider time)
{
    /// <summary>A page of them, newest first; <paramref name="before"/> is the id behind which it goes on.</summary>
    public async Task<Page<NoticeDelivery>> PageAsync(int channelId, long? before, int size, CancellationToken cancel)
    {
        var rows = await db.NoticeDeliveries.AsNoTracking().Where(d => d.ChannelId == channelId && (before == null || d.Id < before)).OrderByDescending(d => d.Id).Take(size + 1).ToListAsync(cancel);
        return new([.. rows.Take(size)], rows.Count > size);
    }

    /// <summary>How many wait.</summary>
    public Task<int> WaitingAsync(int channelId, CancellationToken cancel) => db.NoticeDeliveries.CountAsync(d => d.ChannelId == channelId && d.DueAt != null, cancel);

    /// <summary>When the channel is looked at next: where nothing gets through, when it is tried again.</summary>
    public Task<DateTimeOffset?> NextAsync(int channelId, CancellationToken cancel) =>
        db.Set<WorkItem>().Where(w => w.Kind == NoticeWorker.Work && w.Subject == channelId).OrderBy(w => w.Id).Select(w => (DateTimeOffset?)w.DueAt).FirstOrDefaultAsync(cancel);

    /// <summary>Sends one again, whatever became of it: the same message under the same id.</summary>
    public async Task<Result<NoticeDelivery>> ReplayAsync(int channelId, long deliveryId, CancellationToken cancel)
    {
        if (await channels.FindAsync(channelId, cancel) is not { } channel) return NoticeChannels.NotFound;
        if (channel.StoppedAt is not null) return NoticeChannels.IsOff(channel);
        var now = time.GetUtcNow();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            await db.WakeAsync([channelId], [], now, cancel);
            var found = await db.NoticeDeliveries.Where(d => d.ChannelId == channelId && d.Id == deliveryId).ExecuteUpdateAsync(
                set => set.SetProperty(d => d.DueAt, now).SetProperty(d => d.SentAt, (DateTimeOffset?)null).SetProperty(d => d.GivenUpAt, (DateTimeOffset?)null).SetProperty(d => d.Attempts, 0), cancel);
            if (found == 0) return Refusal.NotFound("Delivery");
            await transaction.CommitAsync(cancel);
        }

        signal.Call(NoticeWorker.Work);
        return await db.NoticeDeliveries.AsNoTracking().SingleAsync(d => d.Id == deliveryId, cancel);
    }

    /// <summary>Tries now what waits.</summary>
    public async Task<Result<bool>> SendNowAsync(int channelId, CancellationToken cancel)
    {
        if (await channels.FindAsync(channelId, cancel) is not { } channel) return NoticeChannels.NotFound;
        if (channel.StoppedAt is not null) return NoticeChannels.IsOff(channel);
        var now = time.GetUtcNow();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            await db.WakeAsync([channelId], [], now, cancel);
            await db.NoticeDeliveries.Where(d => d.ChannelId == channelId && d.DueAt > now).ExecuteUpdateAsync(set => set.SetProperty(d => d.DueAt, now), cancel);
            await transaction.CommitAsync(cancel);
        }

        signal.Call(NoticeWorker.Work);
        return true;
    }

    /// <summary>Sends a trial message at once, once, past quiet hours and everything that waits, and says what became of it.</summary>
    public async Task<Result<NoticeDelivery>> TestAsync(int channelId, CancellationToken cancel)
    {
        if (await channels.FindAsync(channelId, cancel) is not { } channel) return NoticeChannels.NotFound;
        var now = time.GetUtcNow();
        var message = new NoticeMessage(NoticeMessage.Test, now, new()
        {
            Title = "A trial message from Connections",
            Message = $"The channel '{channel.Name}' works. When a connection breaks, its notice comes this way.",
            Url = options.AddressOf($"/settings/notices/{channelId}"),
        });
        var delivery = new NoticeDelivery { ChannelId = channelId, Event = NoticeMessage.Test, MessageId = IncidentNotices.NewMessageId(), Payload = message.ToJson(), CreatedAt = now };
        db.Add(delivery);
        await db.SaveChangesAsync(cancel);
        db.Entry(delivery).State = EntityState.Detached;
        var (end, _) = await sending.TryAsync(channel, delivery, cancel);
        if (end == NoticeEnd.Arrived && channel.FailingSince is not null)
        {
            await db.WakeAsync([channelId], [], time.GetUtcNow(), cancel);
            signal.Call(NoticeWorker.Work);
        }

        return await db.NoticeDeliveries.AsNoTracking().SingleAsync(d => d.Id == delivery.Id, cancel);
    }
}
