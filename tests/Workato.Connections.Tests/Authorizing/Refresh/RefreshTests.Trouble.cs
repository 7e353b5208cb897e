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
        asked.ShouldBeInRange(Many, Many + 45);
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

    // When tokens of many have ended; how often it was asked meanwhile.
    private async Task<int> InTroubleAsync(int minutes)
    {
        await MachinesAsync(Many);
        Workspace.Time.Advance(TimeSpan.FromHours(2));
        App.Instead = TestApp.Says(503, "");
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
