using Microsoft.EntityFrameworkCore;
using Workato.Connections.Benchmarks.Refresh;
using Workato.Connections.Benchmarks.Servers;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;
using Workato.Connections.Health;
using Workato.Connections.Notices;
using Workato.Connections.Tests.Support;
using static Workato.Connections.Benchmarks.Progress;

namespace Workato.Connections.Benchmarks.Notices;

/// <summary>
/// Incidents begin and end while the server that tells of them is killed in the middle of sending, the receiver goes down,
/// the server is killed once more and comes back before the receiver does. What was due is then held against what arrived.
/// </summary>
internal static class NoticeKill
{
    private const int Channels = 3;
    private const int Connections = 40;
    private const int Rounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<bool> RunAsync(string product)
    {
        await using var cluster = new PostgresCluster();
        using var installation = await Installation.MakeAsync(Path.GetFullPath(product));
        await using var receiver = new Receiver { Pause = TimeSpan.FromMilliseconds(10) };
        var database = await cluster.CreateDatabaseAsync();
        await installation.MigrateAsync(database);
        await using var library = new Library(database, installation.Certificate, installation.Directory);
        await receiver.UpAsync();
        var first = await installation.StartAsync(database);
        await MakeAsync(first, receiver);
        var connections = await ConnectionsAsync(library);

        Say("incidents begin and end; the receiver is up");
        var telling = TellAsync(library, connections);
        await UntilAsync(() => receiver.Taken.Count >= 100, Patience);
        first.Kill();
        first.Dispose();
        var before = receiver.Taken.Count;
        Say($"killed the server when {before} had arrived");
        await telling;

        using (var second = await installation.StartAsync(database))
        {
            await UntilAsync(() => receiver.Taken.Count >= before + 200, Patience);
            await receiver.DownAsync();
            Say($"the receiver is down after {receiver.Taken.Count}; more incidents");
            await TellAsync(library, connections);
            await Task.Delay(TimeSpan.FromSeconds(8));
            second.Kill();
            Say("killed the server again; more incidents while there is none");
        }

        await TellAsync(library, connections);
        using var third = await installation.StartAsync(database);
        Say("the server is back, the receiver is not");
        await Task.Delay(TimeSpan.FromSeconds(5));
        await receiver.UpAsync();
        Say("the receiver is back");
        var due = await DueAsync(library);
        await UntilAsync(() => receiver.Taken.Distinct().Count() >= due.Count, Patience);
        return Judge(due, receiver);
    }

    private static async Task MakeAsync(ServerProcess server, Receiver receiver)
    {
        using var api = Installation.Client(server);
        for (var number = 1; number <= Channels; number++) await receiver.ListenAsync(api, number);
    }

    private static async Task<List<(int Id, string Name)>> ConnectionsAsync(Library library)
    {
        await using var scope = library.Services.CreateAsyncScope();
        var service = scope.ServiceProvider.GetRequiredService<ConnectionService>();
        var made = new List<(int, string)>();
        for (var i = 1; i <= Connections; i++)
            made.Add(((await service.CreateAsync(new() { Name = $"Connection {i}", Provider = "sample_app", Proving = Proving.Skipped }, CancellationToken.None)).Value!.Id, $"Connection {i}"));
        return made;
    }

    // As whoever watches the connections does it: each piece of news in one transaction with what is sent because of it.
    private static async Task TellAsync(Library library, List<(int Id, string Name)> connections)
    {
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (id, name) in connections)
            {
                await using var scope = library.Services.CreateAsyncScope();
                var (db, teller) = (scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>(), scope.ServiceProvider.GetRequiredService<ITellIncidents>());
                var now = DateTimeOffset.UtcNow;
                var incident = new Incident { Provider = "sample_app", ConnectionId = id, ConnectionName = name, Cause = Causes.TokenRevoked, Words = "The app took the permission back.", OpenedAt = now, ToldAt = now };
                db.Add(incident);
                await InOneAsync(db, () => teller.TellAsync(incident, IncidentNews.Opened, CancellationToken.None));
                incident.ResolvedAt = DateTimeOffset.UtcNow;
                await InOneAsync(db, () => teller.TellAsync(incident, IncidentNews.Resolved, CancellationToken.None));
            }
        }
    }

    private static async Task InOneAsync(ConnectionsDbContext db, Func<Task> tell)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.SaveChangesAsync();
        await tell();
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private static async Task<List<NoticeDelivery>> DueAsync(Library library)
    {
        await using var scope = library.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().NoticeDeliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync();
    }

    private static bool Judge(List<NoticeDelivery> due, Receiver receiver)
    {
        var byMessage = due.ToDictionary(d => d.MessageId);
        var arrived = receiver.Taken.Select(t => t.Message).Distinct().ToList();
        var missing = due.Count(d => !arrived.Contains(d.MessageId));
        var misplaced = arrived.Select(m => byMessage[m]).GroupBy(d => (d.ChannelId, d.ConnectionId)).Sum(g => g.Zip(g.Skip(1)).Count(pair => pair.Second.Id < pair.First.Id));
        Console.WriteLine("| notices due | arrived | arrived twice | missing | out of order | with a wrong signature |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|");
        Console.WriteLine($"| {due.Count} | {arrived.Count} | {receiver.Taken.Count - arrived.Count} | {missing} | {misplaced} | {receiver.Forged} |");
        return missing == 0 && misplaced == 0 && receiver.Forged == 0;
    }
}
