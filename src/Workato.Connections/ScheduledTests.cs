using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Health;

namespace Workato.Connections;

/// <summary>
/// Tests connections by itself when they are due: spread over the hours, a few at a time for each app and host. While an
/// app is in trouble one connection in a while asks whether it is over, and the others leave it alone.
/// </summary>
public sealed partial class ScheduledTests(IServiceScopeFactory scopes, ConnectorCatalog catalog, TimeProvider time, ILogger<ScheduledTests> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(30);

    // A node that dies in the middle of a test leaves the connection to the next one after this.
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(10);
    private const int Batch = 200;
    private const int Together = 25;

    private bool isMore;
    private readonly TestBudget budget = new(time);
    private readonly Dictionary<int, DateTimeOffset> probed = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            isMore = false;
            try
            {
                await BeginDueAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e);
            }

            await Task.WhenAny(Task.Delay(isMore ? TestBudget.Spacing : Interval, time, stoppingToken));
        }
    }

    /// <summary>Begins the tests that are due and have a place, and puts the others off a little.</summary>
    public async Task<IReadOnlyList<Task>> BeginDueAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>(), time.GetUtcNow());
        var due = await db.Connections.AsNoTracking().Where(c => c.TestDueAt <= now).OrderBy(c => c.TestDueAt).Take(Batch).ToListAsync(cancel);
        if (due.Count == 0) return [];
        var troubles = await db.Incidents.AsNoTracking().Where(i => i.ResolvedAt == null && i.ConnectionId == null && i.CalmSince == null).ToListAsync(cancel);
        var (begun, later, muchLater) = (new List<Task>(), new List<int>(), new List<int>());
        foreach (var row in due)
        {
            var host = IncidentScope.HostOf(row, catalog);
            if (troubles.Find(i => i.IsOfServer ? row.IncidentId == i.Id : i.Host == host && i.Provider == row.Provider) is { } trouble && !IsProbe(trouble.Id, now)) muchLater.Add(row.Id);
            else if (!budget.TryTake(row.Id, row.Provider, host)) later.Add(row.Id);
            else if (await ClaimAsync(db, row, now, cancel)) begun.Add(TestAsync(row.Id));
            else budget.Free(row.Id);
        }

        // Each gets its place behind those before it, so that one busy host does not stand before all others.
        isMore = later.Count > 0;
        for (var place = Together; place < later.Count; place += Together)
            await PutOffAsync(db, later.GetRange(place, Math.Min(Together, later.Count - place)), now + (TestBudget.Spacing * place), cancel);
        await PutOffAsync(db, muchLater, now + (ProbeEvery * (2 + Random.Shared.NextDouble())), cancel);
        return begun;
    }

    private bool IsProbe(int incidentId, DateTimeOffset now)
    {
        if (probed.TryGetValue(incidentId, out var last) && now - last < ProbeEvery) return false;
        if (probed.Count > 10_000) probed.Clear();
        probed[incidentId] = now;
        return true;
    }

    private static async Task<bool> ClaimAsync(ConnectionsDbContext db, Connection row, DateTimeOffset now, CancellationToken cancel)
    {
        var (until, seen) = (now + Claim, row.TestDueAt);
        return await db.Connections.Where(c => c.Id == row.Id && c.TestDueAt == seen).ExecuteUpdateAsync(set => set.SetProperty(c => c.TestDueAt, until), cancel) == 1;
    }

    private static async Task PutOffAsync(ConnectionsDbContext db, List<int> ids, DateTimeOffset until, CancellationToken cancel)
    {
        if (ids.Count == 0) return;
        try
        {
            await db.Connections.Where(c => ids.Contains(c.Id) && c.TestDueAt < until).ExecuteUpdateAsync(set => set.SetProperty(c => c.TestDueAt, until), cancel);
        }
        catch (Exception e) when (db.IsDeadlock(e))
        {
            // An incident takes them in or lets them go at this moment. They are due still, and looked at again in a second.
        }
    }

    private async Task TestAsync(int id)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var tested = await scope.ServiceProvider.GetRequiredService<ConnectionService>().TestAsync(id, CancellationToken.None);
            if (tested.Refusal is not { } refusal) return;
            // It could not be tested as it is; what that says stands at the connection already.
            var (db, next) = (scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>(), HealthSchedule.Next(time.GetUtcNow(), refusal.Kind != RefusalKind.NotNow));
            await db.Connections.Where(c => c.Id == id && c.TestDueAt != null).ExecuteUpdateAsync(set => set.SetProperty(c => c.TestDueAt, next));
        }
        catch (Exception e)
        {
            LogNotTested(log, e, id);
        }
        finally
        {
            budget.Free(id);
        }
    }

    [LoggerMessage(LogLevel.Error, "Which connections are due for a test could not be looked up; tried again in a second.")]
    private static partial void LogFailed(ILogger log, Exception e);

    [LoggerMessage(LogLevel.Error, "Connection {ConnectionId} could not be tested, because something went wrong here; it is tried again within minutes.")]
    private static partial void LogNotTested(ILogger log, Exception e, int connectionId);
}
