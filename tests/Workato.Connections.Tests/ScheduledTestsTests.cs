using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Health;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests;

/// <summary>Connections are tested by themselves: on whichever database, with an app on a real socket.</summary>
public abstract class ScheduledTestsTests(Workspace workspace) : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly List<IncidentNews> told = [];
    private TestApp app = null!;
    private int requests;
    private IServiceProvider node = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await workspace.InitializeAsync();
        app = await TestApp.StartAsync();
        Answer(200);
        node = workspace.StartNode(configure: s => s.AddSingleton<ITellIncidents>(new Listener(told)));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await app.DisposeAsync();
        await workspace.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_nobody_uses_is_found_to_be_lost_within_hours()
    {
        var id = (await ConnectedAsync(1))[0];
        Answer(401);

        workspace.Time.Advance(HealthSchedule.Interval * 1.3);
        await BeginAsync();

        (await workspace.RowAsync(id))!.Status.ShouldBe(AuthorizationStatus.Failed);
    }

    [Fact]
    public async Task It_is_not_tested_again_before_it_is_due()
    {
        await ConnectedAsync(1);
        workspace.Time.Advance(HealthSchedule.Interval * 1.3);
        await BeginAsync();
        requests = 0;

        workspace.Time.Advance(HealthSchedule.Interval * 0.7);
        await BeginAsync();

        requests.ShouldBe(0);
    }

    [Fact]
    public async Task Of_two_nodes_one_tests_it()
    {
        await ConnectedAsync(1);
        var other = workspace.StartNode();
        workspace.Time.Advance(HealthSchedule.Interval * 1.3);
        requests = 0;

        await Task.WhenAll((await Task.WhenAll(Tests(node).BeginDueAsync(Cancel), Tests(other).BeginDueAsync(Cancel))).SelectMany(t => t));

        requests.ShouldBe(1);
    }

    [Fact]
    public async Task An_app_gets_few_tests_at_a_time()
    {
        await ConnectedAsync(60);
        await AllDueAsync();
        requests = 0;

        for (var i = 0; i < 10; i++) await StepAsync();

        requests.ShouldBeInRange(1, 10 * 5);
    }

    [Fact]
    public async Task An_app_that_is_down_for_ten_minutes_costs_a_thousand_connections_nothing_and_people_one_notice()
    {
        var ids = await ConnectedAsync(1000);
        await AllDueAsync();
        Answer(503);
        requests = 0;
        for (var i = 0; i < 600; i++) await StepAsync();
        var asked = requests;
        Answer(200);
        var seconds = 0;
        while (await workspace.DbAsync(db => db.Connections.AnyAsync(c => c.Status != AuthorizationStatus.Success || c.IncidentId != null, Cancel)) && seconds++ < 900) await StepAsync();

        told.Count(n => n == IncidentNews.Opened).ShouldBe(1);
        seconds.ShouldBeLessThan(240, "who felt it is asked before those whose turn it merely is");
        asked.ShouldBeLessThan(60, "an app in trouble is left alone, but for a question now and then");
        var rows = await workspace.DbAsync(db => db.Connections.AsNoTracking().ToListAsync(Cancel));
        rows.Count.ShouldBe(ids.Count);
        rows.ShouldAllBe(c => c.Status == AuthorizationStatus.Success && c.LostAt == null && c.Error == null);
        (await workspace.DbAsync(db => db.Incidents.AsNoTracking().SingleAsync(Cancel))).Affected.ShouldBe(1000);
    }

    [Fact]
    public async Task An_app_that_answers_again_is_found_out_also_when_who_felt_it_is_gone()
    {
        var ids = await ConnectedAsync(2);
        await workspace.DbAsync(db => db.Connections.Where(c => c.Id == ids[0]).ExecuteUpdateAsync(set => set.SetProperty(c => c.TestDueAt, workspace.Time.GetUtcNow()), Cancel));
        Answer(503);
        for (var i = 0; i < 180; i++) await StepAsync();
        await workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DisconnectAsync(ids[0], force: true, Cancel), node);
        Answer(200);

        for (var i = 0; i < 15 * 60; i++) await StepAsync();

        (await workspace.DbAsync(db => db.Incidents.AsNoTracking().SingleAsync(Cancel))).ResolvedAt.ShouldNotBeNull();
        told.ShouldBe([IncidentNews.Opened, IncidentNews.Resolved]);
    }

    private static ScheduledTests Tests(IServiceProvider of) => of.GetRequiredService<ScheduledTests>();

    private void Answer(int status) => app.Answer = context =>
    {
        Interlocked.Increment(ref requests);
        return TestApp.Says(status, "{}")(context);
    };

    // A second goes by, with whatever the product does in it.
    private async Task StepAsync()
    {
        workspace.Time.Advance(Second);
        await BeginAsync();
        await workspace.AskAsync<IncidentRound, bool>(r => r.RunAsync(Cancel), node);
    }

    private async Task BeginAsync() => await Task.WhenAll(await Tests(node).BeginDueAsync(Cancel));

    private Task<int> AllDueAsync() => workspace.DbAsync(db => db.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.TestDueAt, workspace.Time.GetUtcNow()), Cancel));

    private Task<List<int>> ConnectedAsync(int count) => workspace.AskAsync<ConnectionService, List<int>>(
        async service =>
        {
            var ids = new List<int>();
            for (var i = 0; i < count; i++)
            {
                var input = new Dictionary<string, string?> { ["auth_type"] = "basic", ["url"] = app.Url, ["username"] = "bot", ["password"] = "right" };
                ids.Add((await service.CreateAsync(new() { Name = $"Desk {i}", Provider = "test_desk", Input = input, Proving = Proving.Required }, Cancel)).Granted().Id);
            }

            return ids;
        }, node);

    private sealed class Listener(List<IncidentNews> told) : ITellIncidents
    {
        public Task TellAsync(Incident incident, IncidentNews news, CancellationToken cancel)
        {
            told.Add(news);
            return Task.CompletedTask;
        }
    }
}

public sealed class ScheduledTestsOnSqlite : ScheduledTestsTests
{
    public ScheduledTestsOnSqlite() : base(new SqliteWorkspace())
    {
    }
}

public sealed class ScheduledTestsOnPostgres(PostgresCluster cluster) : ScheduledTestsTests(new PostgresWorkspace(cluster));
