using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;

namespace Workato.Connections.Notices;

/// <summary>Sends one message and writes down what became of it. What was sent and not written down is sent again, with the same id.</summary>
public sealed class NoticeSending(ConnectionsDbContext db, IEnumerable<INoticeSender> senders, TimeProvider time)
{
    /// <summary>Of an e-mail that nobody needs any more. Whoever has it sent again gets it all the same.</summary>
    public const string Over = "Not sent: it was over by then.";

    /// <summary>Tries once. The time is when the channel may be tried next, where nothing gets through.</summary>
    public async Task<(NoticeEnd End, DateTimeOffset Next)> TryAsync(NoticeChannel channel, NoticeDelivery delivery, CancellationToken cancel)
    {
        if (await IsOverAsync(channel, delivery, cancel))
        {
            await WriteAsync(delivery, NoticeEnd.Refused, Over, due: null, attempts: 0, cancel);
            return (NoticeEnd.Arrived, default);
        }

        var outcome = await senders.First(s => s.Kind == channel.Kind).SendAsync(channel, delivery, cancel);
        var now = time.GetUtcNow();
        var isTrial = delivery.Event == NoticeMessage.Test;
        switch (outcome.End)
        {
            case NoticeEnd.Arrived:
                await WriteAsync(delivery, outcome.End, outcome.Problem, due: null, attempts: 1, cancel);
                await WriteAnswerAsync(channel, outcome.Problem, now, cancel);
                return (outcome.End, now);
            case NoticeEnd.Refused:
                await WriteAsync(delivery, outcome.End, outcome.Problem, isTrial ? null : now + NoticePauses.AfterAttempts(delivery.Attempts + 1), attempts: 1, cancel);
                await WriteAnswerAsync(channel, outcome.Problem, now, cancel);
                return (outcome.End, now);
            case NoticeEnd.Unreachable:
                var since = channel.FailingSince ?? now;
                var next = now + Pause(outcome.RetryAfter, now - since);
                await WriteAsync(delivery, outcome.End, outcome.Problem, isTrial ? null : next, attempts: 1, cancel);
                if (!isTrial) await WriteSilenceAsync(channel, since, outcome.Problem, now, cancel);
                return (outcome.End, next);
            default:
                await WriteAsync(delivery, outcome.End, outcome.Problem, isTrial ? null : now, attempts: 1, cancel);
                await AsItWas(channel).ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.StoppedAt, c => c.StoppedAt ?? now).SetProperty(c => c.FailingSince, (DateTimeOffset?)null).SetProperty(c => c.Problem, outcome.Problem), cancel);
                return (outcome.End, now);
        }
    }

    private static TimeSpan Pause(TimeSpan? asked, TimeSpan silence) => asked is not { } pause ? NoticePauses.AfterSilence(silence)
        : pause > NoticePauses.LongestAsked ? NoticePauses.LongestAsked
        : pause > TimeSpan.FromSeconds(1) ? pause : TimeSpan.FromSeconds(1);

    private async Task<bool> IsOverAsync(NoticeChannel channel, NoticeDelivery delivery, CancellationToken cancel) =>
        channel.Kind == ChannelKinds.Email && delivery.IncidentId is { } id && delivery.Problem != Over
        && await db.Set<Health.Incident>().AnyAsync(i => i.Id == id && i.ResolvedAt != null, cancel);

    // Not one that somebody else has sent or taken away meanwhile. A trial is not due, and is written as it ends.
    private Task WriteAsync(NoticeDelivery delivery, NoticeEnd end, string? problem, DateTimeOffset? due, int attempts, CancellationToken cancel)
    {
        DateTimeOffset? now = time.GetUtcNow();
        var (sent, givenUp, wasDue) = (end == NoticeEnd.Arrived ? now : null, end == NoticeEnd.Arrived || due is not null ? null : now, delivery.DueAt is not null);
        return db.NoticeDeliveries.Where(d => d.Id == delivery.Id && (d.DueAt != null) == wasDue).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.DueAt, due).SetProperty(d => d.SentAt, sent).SetProperty(d => d.GivenUpAt, givenUp).SetProperty(d => d.Problem, problem).SetProperty(d => d.Attempts, d => d.Attempts + attempts), cancel);
    }

    // The receiver is there. What waited because it was not, waits no longer.
    private async Task WriteAnswerAsync(NoticeChannel channel, string? problem, DateTimeOffset now, CancellationToken cancel)
    {
        if (channel.StoppedAt is not null || (channel.FailingSince is null && channel.Problem == problem)) return;
        await AsItWas(channel).Where(c => c.StoppedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.FailingSince, (DateTimeOffset?)null).SetProperty(c => c.Problem, problem), cancel);
        if (channel.FailingSince is not null) await db.NoticeDeliveries.Where(d => d.ChannelId == channel.Id && d.DueAt > now).ExecuteUpdateAsync(set => set.SetProperty(d => d.DueAt, now), cancel);
    }

    // What an attempt with old settings found out says nothing about the new ones.
    private IQueryable<NoticeChannel> AsItWas(NoticeChannel channel) => db.NoticeChannels.Where(c => c.Id == channel.Id && c.UpdatedAt == channel.UpdatedAt);

    private async Task WriteSilenceAsync(NoticeChannel channel, DateTimeOffset since, string? problem, DateTimeOffset now, CancellationToken cancel)
    {
        await AsItWas(channel).ExecuteUpdateAsync(set => set.SetProperty(c => c.FailingSince, since).SetProperty(c => c.Problem, problem), cancel);
        var before = now - NoticePauses.Patience;
        if (since > before) return;
        await db.NoticeDeliveries.Where(d => d.ChannelId == channel.Id && d.DueAt != null && d.CreatedAt <= before).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.DueAt, (DateTimeOffset?)null).SetProperty(d => d.GivenUpAt, now).SetProperty(d => d.Problem, problem), cancel);
    }
}
