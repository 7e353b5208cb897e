using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Health;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Refresh;

/// <summary>An app whose tokens many connections need does not answer.</summary>
public abstract partial class RefreshTests
{
    private const int Many = 20;

    [Fact]
    public async Task While_an_app_is_in_trouble_one_connection_asks_for_all()
    {
        var asked = await InTroubleAsync(minutes: 10);

        // Each has met it once, and from then on there is a question now and then.
        asked.ShouldBeInRange(Many, Many + 75);
    }

    [Fact]
    public async Task When_it_answers_again_all_have_new_tokens_within_seconds()
    {
        await InTroubleAsync(minutes: 10);
        App.Instead = null;

        var seconds = 0;
        while ((await RowsAsync()).Exists(c => c.Status != AuthorizationStatus.Success || c.RefreshProblem is not null) && seconds++ < 300) await StepAsync();

        seconds.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task An_app_that_cuts_every_connection_is_one_incident()
    {
        await InTroubleAsync(minutes: 3, context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var incidents = await Workspace.DbAsync(db => db.Incidents.AsNoTracking().Where(i => i.ResolvedAt == null).ToListAsync(Cancel));
        incidents.ShouldHaveSingleItem().ConnectionId.ShouldBeNull();
    }

    [Fact]
    public async Task An_app_that_grants_one_and_throttles_the_others_is_asked_again_when_it_said()
    {
        await InTroubleAsync(minutes: 1, Throttles);
        var granted = 0;
        App.Instead = null;
        var asked = App.Asked.Count;
        App.Meanwhile = () =>
        {
            if (Interlocked.Increment(ref granted) == 1) App.Instead = Throttles;
            return Task.CompletedTask;
        };

        for (var second = 0; second < 10 * 60; second++) await StepAsync();

        (App.Asked.Count - asked).ShouldBeInRange(1, Many);
    }

    [Fact]
    public async Task What_is_put_off_is_not_put_off_in_every_round()
    {
        await InTroubleAsync(minutes: 1);
        var before = (await RowsAsync()).ToDictionary(r => r.Id, r => r.RefreshDueAt);

        Workspace.Time.Advance(TimeSpan.FromSeconds(1));
        await Workspace.AskAsync<IncidentRound, bool>(r => r.RunAsync(Cancel));
        var first = (await RowsAsync()).ToDictionary(r => r.Id, r => r.RefreshDueAt);
        Workspace.Time.Advance(TimeSpan.FromSeconds(1));
        await Workspace.AskAsync<IncidentRound, bool>(r => r.RunAsync(Cancel));
        var second = (await RowsAsync()).ToDictionary(r => r.Id, r => r.RefreshDueAt);

        // In two rounds nobody is moved twice.
        before.Keys.ShouldAllBe(id => before[id] == first[id] || first[id] == second[id]);
    }

    private static Task Throttles(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "600";
        return TestApp.Says(429, "")(context);
    }

    // When tokens of many have ended; how often it was asked meanwhile.
    private async Task<int> InTroubleAsync(int minutes, RequestDelegate? instead = null)
    {
        await MachinesAsync(Many);
        Workspace.Time.Advance(TimeSpan.FromHours(2));
        App.Instead = instead is null ? TestApp.Says(503, "") : context => instead(context);
        var before = App.Asked.Count;
        for (var second = 0; second < minutes * 60; second++) await StepAsync();
        return App.Asked.Count - before;
    }

    private async Task StepAsync()
    {
        Workspace.Time.Advance(TimeSpan.FromSeconds(1));
        await RenewDueAsync();
        await Workspace.AskAsync<IncidentRound, bool>(r => r.RunAsync(Cancel));
    }
}
