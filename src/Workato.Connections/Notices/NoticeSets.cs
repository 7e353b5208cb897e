using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Privileges;

namespace Workato.Connections.Notices;

/// <summary>Channels and deliveries, where the context is at hand.</summary>
public static class NoticeSets
{
    extension(ConnectionsDbContext db)
    {
        /// <summary>All channels.</summary>
        public DbSet<NoticeChannel> NoticeChannels => db.Set<NoticeChannel>();

        /// <summary>All deliveries.</summary>
        public DbSet<NoticeDelivery> NoticeDeliveries => db.Set<NoticeDelivery>();

        /// <summary>
        /// Makes the work of these channels due now. It belongs into the transaction of whatever there is to do, and before it:
        /// the rows it holds until the end make others who write for the same channel wait, so that numbers of deliveries
        /// become visible in their order.
        /// </summary>
        /// <param name="ids">Of all these channels.</param>
        /// <param name="waiting">Of these not: they are tried when their pause is over.</param>
        /// <param name="now">The time.</param>
        /// <param name="cancel">Stops it.</param>
        internal Task WakeAsync(IReadOnlyCollection<int> ids, IReadOnlyCollection<int> waiting, DateTimeOffset now, CancellationToken cancel)
        {
            var (subjects, sleeping) = (ids.Select(i => (long)i).Order().ToArray(), waiting.Select(i => (long)i).ToArray());
            return db.Set<WorkItem>().Where(w => w.Kind == NoticeWorker.Work && subjects.Contains(w.Subject))
                .ExecuteUpdateAsync(set => set.SetProperty(w => w.DueAt, w => w.Holder == null && !sleeping.Contains(w.Subject) ? now : w.DueAt), cancel);
        }
    }

    /// <summary>Which projects a channel is told of.</summary>
    public static ProjectScope Scope(this NoticeChannel channel) => channel.AllProjects ? ProjectScope.All : ProjectScope.Of(channel.ProjectIds);
}
