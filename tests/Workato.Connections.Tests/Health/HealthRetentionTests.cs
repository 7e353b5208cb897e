using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;
using Workato.Connections.Health;
using Workato.Connections.Projects;
using Workato.Connections.Tests.Support;
using Workato.Connections.Timelines;

namespace Workato.Connections.Tests.Health;

/// <summary>How long it is known how connections stood, on whichever database.</summary>
public abstract class HealthRetentionTests(Workspace workspace) : IAsyncLifetime
{
    private int connection;

    private DateTimeOffset Now => workspace.Time.GetUtcNow();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await workspace.InitializeAsync();
        connection = (await workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(new() { Name = "Desk", Provider = "test_desk", Proving = Proving.Skipped }, Cancel))).Granted().Id;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return workspace.DisposeAsync();
    }

    [Fact]
    public async Task Time_lines_are_kept_for_180_days_however_much_stands_in_them()
    {
        await AddAsync(Enumerable.Range(0, 1200).Select(i => Event(Now.AddDays(-181).AddSeconds(i))));
        await AddAsync([Event(Now.AddDays(-179))]);

        await ForgetAsync<IncidentRetention>();

        (await CountAsync<ConnectionEvent>()).ShouldBe(1);
    }

    [Fact]
    public async Task Incidents_are_kept_for_180_days_after_their_end_and_those_that_go_on_for_ever()
    {
        await AddAsync([Incident("gone", Now.AddDays(-181)), Incident("kept", Now.AddDays(-179)), Incident("open", null)]);

        await ForgetAsync<IncidentRetention>();

        (await workspace.DbAsync(db => db.Incidents.Select(i => i.Cause).Order().ToListAsync(Cancel))).ShouldBe(["kept", "open"]);
    }

    [Fact]
    public async Task Sums_of_days_and_samples_are_kept_for_400_days()
    {
        var project = await workspace.DbAsync(db => db.Set<Project>().Select(p => p.Id).FirstAsync(Cancel));
        foreach (var days in new[] { 399, 402 })
        {
            var at = Now.AddDays(-days);
            await AddAsync([new HealthSample { ProjectId = project, At = at }]);
            await AddAsync([new ConnectionDay { ConnectionId = connection, Day = DateOnly.FromDateTime(at.UtcDateTime), LastAt = at }]);
        }

        await ForgetAsync<HealthRetention>();

        (await CountAsync<HealthSample>(), await CountAsync<ConnectionDay>()).ShouldBe((1, 1));
    }

    private ConnectionEvent Event(DateTimeOffset at) => new() { ConnectionId = connection, At = at, Kind = EventKinds.Trouble, Cause = Causes.AppDown };

    private Incident Incident(string cause, DateTimeOffset? resolvedAt) =>
        new() { Provider = "sample_app", ConnectionId = connection, Cause = cause, Words = cause, OpenedAt = Now.AddDays(-300), ResolvedAt = resolvedAt, Affected = 1 };

    private Task ForgetAsync<T>() where T : Retention => workspace.Services.GetRequiredService<T>().ForgetAsync(Cancel);

    private Task<int> CountAsync<T>() where T : class => workspace.DbAsync(db => db.Set<T>().CountAsync(Cancel));

    private Task AddAsync(IEnumerable<object> rows) => workspace.DbAsync(db =>
    {
        db.AddRange(rows);
        return db.SaveChangesAsync(Cancel);
    });
}

public sealed class HealthRetentionOnSqlite : HealthRetentionTests
{
    public HealthRetentionOnSqlite() : base(new SqliteWorkspace())
    {
    }
}

public sealed class HealthRetentionOnPostgres(PostgresCluster cluster) : HealthRetentionTests(new PostgresWorkspace(cluster));
