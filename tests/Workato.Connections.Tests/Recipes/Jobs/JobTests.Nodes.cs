using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data.Work;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Recipes.Jobs;

/// <summary>Nodes that go away in the middle of a job.</summary>
public abstract partial class JobTests
{
    [Fact]
    public async Task A_request_that_was_on_its_way_when_a_node_went_away_is_not_sent_twice_and_the_job_says_so()
    {
        var recipe = await StartedAsync(Trigger(Step("get_ticket", new { id = "1" }), Step("create_ticket", new { subject = "x" })), await DeskAsync());
        var job = await EventAsync(recipe);
        await GoneInTheMiddleAsync("POST");

        await WorkAsync();

        job = await JobAsync(job);
        (job.Status, job.ErrorKind, job.ErrorStep).ShouldBe((JobStatus.Failed, JobErrorKind.OutcomeUnknown, 2));
        Asked.Count(a => a == "POST /tickets").ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_may_be_repeated_is_sent_again_and_the_job_goes_on()
    {
        var recipe = await StartedAsync(Trigger(Step("get_ticket", new { id = "1" }, "ticket"), Log("{{ ticket.id }}")), await DeskAsync());
        var job = await EventAsync(recipe);
        await GoneInTheMiddleAsync("GET");

        await WorkAsync();

        (await JobAsync(job)).Status.ShouldBe(JobStatus.Succeeded);
        (await LinesAsync(job))[1].Output.ShouldBe("""{"message":"7"}""");
    }

    [Fact]
    public async Task A_node_that_is_told_to_stop_ends_the_request_under_way_and_leaves_the_rest_to_another()
    {
        var recipe = await StartedAsync(Trigger(Step("create_ticket", new { subject = "a" }), Step("create_ticket", new { subject = "b" })), await DeskAsync());
        var (gate, answer) = (new Gate(), Answer);
        Answer = async context =>
        {
            await gate.PassAsync();
            await answer(context);
        };
        var job = await EventAsync(recipe);
        var runner = Workspace.StartNode().GetRequiredService<WorkRunner>();

        await runner.StartAsync(Cancel);
        await gate.Reached;
        var stopped = runner.StopAsync(Cancel);
        gate.Open();
        await stopped;
        ((await JobAsync(job)).Status, Asked.Count).ShouldBe((JobStatus.Pending, 1));
        await WorkAsync();

        ((await JobAsync(job)).Status, Asked.Count).ShouldBe((JobStatus.Succeeded, 2));
    }

    [Fact]
    public async Task A_node_that_lost_its_job_to_another_writes_nothing_of_it()
    {
        var recipe = await StartedAsync(Trigger(Step("get_ticket", new { id = "1" })), await DeskAsync());
        var job = await EventAsync(recipe);
        Answer = async context =>
        {
            await Workspace.DbAsync(db => db.Set<WorkItem>().ExecuteUpdateAsync(set => set.SetProperty(w => w.Holder, "another"), Cancel));
            await TestApp.Says(200, "{}")(context);
        };

        await WorkAsync();

        (await JobAsync(job)).Status.ShouldBe(JobStatus.Pending);
        (await LinesAsync(job)).ShouldBeEmpty();
    }

    // As a node leaves it that goes away while the app is asked.
    private async Task GoneInTheMiddleAsync(string method)
    {
        var (answer, gone) = (Answer, new CancellationTokenSource());
        Answer = async context =>
        {
            if (context.Request.Method != method)
            {
                await answer(context);
                return;
            }

            await gone.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        await Should.ThrowAsync<OperationCanceledException>(() => Workspace.Services.GetRequiredService<WorkRunner>().RunDueAsync(gone.Token));
        Answer = answer;
    }
}
