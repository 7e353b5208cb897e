using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Auditing;

/// <summary>What tests of the audit log do, in a word.</summary>
internal static class AuditScene
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    extension(Workspace workspace)
    {
        /// <summary>Writes entries in which every column says something.</summary>
        public Task<int> WriteAsync(int count, IServiceProvider? node = null) => workspace.AskAsync<IServiceProvider, int>(async services =>
        {
            var (trail, db) = (services.GetRequiredService<AuditTrail>(), services.GetRequiredService<ConnectionsDbContext>());
            var actor = new Actor(ActorKind.Member, 3, "Anna Ångström 🎈") { Email = "anna@acme.example", Address = "10.0.0.5", UserAgent = "curl/8" };
            for (var i = 0; i < count; i++) trail.Add(actor, AuditEvents.ConnectionUpdated, new(AuditedTypes.Connection, 7, "Billing", 2), new AuditChanges().With("name", "Old", $"Neü {i}"), "Because", 4);
            return await db.SaveChangesAsync(Cancel);
        }, node);

        /// <summary>Chains everything that waits.</summary>
        public async Task ChainAsync(IServiceProvider? node = null)
        {
            while (await workspace.AskAsync<AuditChain, int>(c => c.ChainAsync(Cancel), node) > 0)
            {
                // The next batch.
            }
        }

        /// <summary>Writes some entries and chains them.</summary>
        public async Task WriteChainedAsync(int count)
        {
            await workspace.WriteAsync(count);
            await workspace.ChainAsync();
        }

        /// <summary>Checks the chain.</summary>
        public Task<AuditReport> CheckAsync(AuditEnd? noted = null, IServiceProvider? node = null) => workspace.AskAsync<AuditCheck, AuditReport>(c => c.RunAsync(noted, Cancel), node);

        /// <summary>Does something to the database that the product never would.</summary>
        public Task<int> TamperAsync(FormattableString sql) => workspace.DbAsync(db => db.Database.ExecuteSqlAsync(sql, Cancel));

        /// <summary>All entries, in the order they were written.</summary>
        public Task<List<AuditEntry>> EntriesAsync() => workspace.DbAsync(db => db.Set<AuditEntry>().AsNoTracking().OrderBy(e => e.Id).ToListAsync(Cancel));

        /// <summary>Entries of one kind.</summary>
        public async Task<List<AuditEntry>> EntriesAsync(string @event, int? resourceId = null) => [.. (await workspace.EntriesAsync()).Where(e => e.Event == @event && (resourceId is null || e.ResourceId == resourceId))];
    }

    /// <summary>The service of the host that gives entries their places.</summary>
    public static IHostedService Chaining(this IServiceProvider node) => node.GetServices<IHostedService>().Single(s => s.GetType().Name == "AuditChaining");
}
