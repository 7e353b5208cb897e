using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Diagnosing;
using Workato.Connections.Health;
using Workato.Connections.Tests.Support;
using Workato.Connections.Timelines;

namespace Workato.Connections.Tests.Health;

/// <summary>What is told of connections that stop working, on whichever database, with an app on a real socket.</summary>
public abstract partial class IncidentTests(Workspace workspace) : IAsyncLifetime
{
    private readonly Listener told = new();
    private TestApp app = null!;
    private IServiceProvider node = null!;

    private DateTimeOffset Now => workspace.Time.GetUtcNow();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await workspace.InitializeAsync();
        app = await TestApp.StartAsync();
        node = workspace.StartNode(configure: s => s.AddSingleton<ITellIncidents>(told));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await app.DisposeAsync();
        await workspace.DisposeAsync();
    }

    [Fact]
    public async Task A_lost_connection_is_told_once_however_often_it_fails()
    {
        var id = await ConnectedAsync();
        app.Answer = TestApp.Says(401, "{}");
        for (var i = 0; i < 5; i++)
        {
            await TestAsync(id);
            await LaterAsync(TimeSpan.FromMinutes(1));
        }

        told.News.ShouldBe([(id, IncidentNews.Opened)]);
        (await IncidentAsync()).Evidence.ShouldBe((await workspace.RowAsync(id))!.Evidence);
    }

    [Fact]
    public async Task Nothing_is_told_of_what_passes_within_a_moment()
    {
        var id = await ConnectedAsync();
        app.Answer = TestApp.Says(503, "{}");
        await TestAsync(id);
        await LaterAsync(TimeSpan.FromMinutes(1));
        app.Answer = TestApp.Says(200, "{}");
        await TestAsync(id);

        for (var i = 0; i < 10; i++) await LaterAsync(TimeSpan.FromMinutes(1));

        told.News.ShouldBeEmpty();
        (await IncidentAsync()).ResolvedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_over_when_it_would_be_told_is_not_told()
    {
        var id = await ConnectedAsync();
        app.Answer = TestApp.Says(401, "{}");
        await TestAsync(id);
        await LaterAsync(TimeSpan.Zero);
        app.Answer = TestApp.Says(200, "{}");
        await TestAsync(id);

        workspace.Time.Advance(IncidentScope.Patience(isShared: false));
        await RoundAsync();

        told.News.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_comes_back_within_minutes_is_the_same_incident()
    {
        var id = await ConnectedAsync();
        await FailAsync(id, 401);
        await FailAsync(id, 200);
        await FailAsync(id, 401);

        told.News.ShouldBe([(id, IncidentNews.Opened)]);
        (await workspace.RowAsync(id))!.IncidentId.ShouldBe((await IncidentAsync()).Id);
    }

    [Fact]
    public async Task An_app_of_one_connection_that_comes_back_and_goes_again_within_minutes_is_the_same_incident()
    {
        var id = await ConnectedAsync();
        await FailAsync(id, 503);
        await LaterAsync(IncidentScope.Patience(isShared: true));
        await FailAsync(id, 200);
        await FailAsync(id, 503);
        await LaterAsync(IncidentScope.Patience(isShared: true));

        told.News.Where(n => n.News != IncidentNews.Joined).ShouldBe([(null, IncidentNews.Opened)]);
    }

    [Fact]
    public async Task Its_end_is_told_when_it_has_been_calm_for_a_while()
    {
        var id = await ConnectedAsync();
        await FailAsync(id, 401);
        await FailAsync(id, 200);
        await LaterAsync(IncidentRound.Calm);

        told.News.ShouldBe([(id, IncidentNews.Opened), (id, IncidentNews.Resolved)]);
    }

    [Fact]
    public async Task An_app_that_is_down_is_one_incident_of_all_its_connections()
    {
        int[] ids = [await ConnectedAsync(), await ConnectedAsync(), await ConnectedAsync()];
        app.Answer = TestApp.Says(503, "{}");
        await TestAsync(ids[0]);
        await TestAsync(ids[1]);
        await LaterAsync(IncidentScope.Patience(isShared: true));

        told.News.ShouldBe([(null, IncidentNews.Opened)]);
        var incident = await IncidentAsync();
        (incident.Affected, incident.Host).ShouldBe((3, "127.0.0.1"));
        foreach (var id in ids) (await workspace.RowAsync(id))!.IncidentId.ShouldBe(incident.Id);
    }

    [Fact]
    public async Task A_page_that_answers_in_an_apps_place_is_one_incident_of_all_its_connections()
    {
        int[] ids = [await ConnectedAsync(), await ConnectedAsync()];
        app.Answer = TestApp.Says(200, "<h1>Back soon</h1>", "text/html");
        foreach (var id in ids) await TestAsync(id);
        await LaterAsync(IncidentScope.Patience(isShared: true));

        told.News.ShouldBe([(null, IncidentNews.Opened)]);
    }

    [Theory]
    [InlineData(Causes.Throttled)]
    [InlineData(Causes.OurClock)]
    [InlineData(null)]
    public async Task What_an_app_refused_to_one_connection_is_never_everybodys(string? cause)
    {
        var id = await ConnectedAsync();
        await SetAsync(id, c => (c.Status, c.Cause, c.Error) = (AuthorizationStatus.Failed, cause, "The app said no."));
        for (var i = 0; i < 3; i++) await LaterAsync(IncidentScope.Patience(isShared: false));

        told.News.ShouldBe([(id, IncidentNews.Opened)]);
        (await workspace.DbAsync(db => db.Incidents.CountAsync(Cancel))).ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_is_lost_while_its_app_is_in_trouble_is_an_incident_of_its_own()
    {
        int[] ids = [await ConnectedAsync(), await ConnectedAsync()];
        app.Answer = TestApp.Says(503, "{}");
        foreach (var id in ids) await TestAsync(id);
        await LaterAsync(IncidentScope.Patience(isShared: true));
        app.Answer = TestApp.Says(401, "{}");
        await TestAsync(ids[1]);
        await LaterAsync(TimeSpan.FromSeconds(1));
        await LaterAsync(IncidentScope.Patience(isShared: false));

        told.News.ShouldBe([(null, IncidentNews.Opened), (ids[1], IncidentNews.Opened)]);
    }

    [Fact]
    public async Task A_node_that_dies_before_it_tells_leaves_it_to_another()
    {
        var id = await ConnectedAsync();
        app.Answer = TestApp.Says(401, "{}");
        await TestAsync(id);
        told.Fails = true;
        await Should.ThrowAsync<IOException>(() => LaterAsync(IncidentScope.Patience(isShared: false), rounds: 2));
        told.Fails = false;

        await LaterAsync(TimeSpan.Zero);

        told.News.ShouldBe([(id, IncidentNews.Opened)]);
    }

    [Fact]
    public async Task A_connection_that_is_deleted_ends_its_incident()
    {
        var id = await ConnectedAsync();
        await FailAsync(id, 401);
        (await workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DeleteAsync(id, Cancel), node)).Granted();
        await LaterAsync(TimeSpan.Zero);
        await LaterAsync(IncidentRound.Calm);

        (await IncidentAsync()).ResolvedAt.ShouldBe(workspace.Time.GetUtcNow());
    }

    [Fact]
    public async Task The_time_line_says_what_happened_and_belongs_to_the_incident()
    {
        var id = await ConnectedAsync();
        await FailAsync(id, 401);
        await FailAsync(id, 200);

        var events = await workspace.DbAsync(db => db.ConnectionEvents.AsNoTracking().Where(e => e.ConnectionId == id).OrderBy(e => e.Id).ToListAsync(Cancel));
        events.Select(e => e.Kind).ShouldBe([EventKinds.Connected, EventKinds.Lost, EventKinds.Recovered]);
        events[1].IncidentId.ShouldBe((await IncidentAsync()).Id);
    }

    [Fact]
    public async Task How_it_stands_is_noted_once_an_hour()
    {
        var id = await ConnectedAsync();
        await FailAsync(id, 401);
        await ConnectedAsync(keep: true);
        for (var i = 0; i < 2; i++) await workspace.AskAsync<HealthSampler, bool>(async s => await s.RunAsync(Cancel).ContinueWith(_ => true, TaskScheduler.Default), node);

        var sample = await workspace.DbAsync(db => db.HealthSamples.AsNoTracking().SingleAsync(Cancel));
        (sample.Working, sample.Broken).ShouldBe((1, 1));
    }

    private async Task<int> ConnectedAsync(bool keep = false)
    {
        if (keep) app.Answer = TestApp.Says(200, "{}");
        var made = await workspace.AskAsync<ConnectionService, Result<Connection>>(
            s => s.CreateAsync(new() { Name = "Desk", Provider = "test_desk", Input = new Dictionary<string, string?> { ["auth_type"] = "basic", ["url"] = app.Url, ["username"] = "bot", ["password"] = "right" }, Proving = Proving.Required }, Cancel), node);
        return made.Granted().Id;
    }

    private async Task FailAsync(int id, int status)
    {
        app.Answer = TestApp.Says(status, "{}");
        await TestAsync(id);
        await LaterAsync(TimeSpan.Zero);
        await LaterAsync(IncidentScope.Patience(isShared: false));
    }

    private Task<Result<Proof>> TestAsync(int id) => workspace.AskAsync<ConnectionService, Result<Proof>>(s => s.TestAsync(id, Cancel), node);

    private async Task LaterAsync(TimeSpan by, int rounds = 1)
    {
        for (var i = 0; i < rounds; i++)
        {
            await RoundAsync();
            workspace.Time.Advance(by);
            await RoundAsync();
        }
    }

    private Task<bool> RoundAsync() => workspace.AskAsync<IncidentRound, bool>(r => r.RunAsync(Cancel), node);

    private Task<int> SetAsync(int id, Action<Connection> change) => workspace.DbAsync(async db =>
    {
        change(await db.Connections.SingleAsync(c => c.Id == id, Cancel));
        return await db.SaveChangesAsync(Cancel);
    });

    private Task<Incident> IncidentAsync() => workspace.DbAsync(db => db.Incidents.AsNoTracking().OrderBy(i => i.Id).FirstAsync(Cancel));

    private sealed class Listener : ITellIncidents
    {
        public List<(int? ConnectionId, IncidentNews News)> News { get; } = [];

        public bool Fails { get; set; }

        public Task TellAsync(Incident incident, IncidentNews news, CancellationToken cancel)
        {
            if (Fails) throw new IOException("The node is killed here.");
            News.Add((incident.ConnectionId, news));
            return Task.CompletedTask;
        }
    }
}

public sealed class IncidentsOnSqlite : IncidentTests
{
    public IncidentsOnSqlite() : base(new SqliteWorkspace())
    {
    }
}

public sealed class IncidentsOnPostgres(PostgresCluster cluster) : IncidentTests(new PostgresWorkspace(cluster));
