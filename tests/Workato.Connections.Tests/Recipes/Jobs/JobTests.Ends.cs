using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Recipes.Jobs;

/// <summary>Every job ends, whatever stands in the way.</summary>
public abstract partial class JobTests
{
    [Theory]
    [InlineData("{{ trigger.p }}", """{"p":"\u0000"}""")]
    [InlineData("{{ trigger.p }}", """{"p":"a HTTP/1.1\r\nX-Other: 1\r\n\r\n"}""")]
    public async Task A_path_with_what_no_path_has_is_not_sent_and_the_job_says_where_to_look(string path, string data)
    {
        var recipe = await StartedAsync(Trigger(Step("__adhoc_http_action", new { verb = "GET", path = "/x/" + path })), await DeskAsync());
        var job = await EventAsync(recipe, JsonSerializer.Deserialize<JsonElement>(data));

        await ManyRoundsAsync();

        job = await JobAsync(job);
        (job.Status, job.ErrorKind, job.ErrorStep).ShouldBe((JobStatus.Failed, JobErrorKind.Recipe, 1));
        (await WorkOfAsync(job)).ShouldBeEmpty();
        Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_template_that_cuts_a_character_in_two_does_not_keep_the_job_from_ending()
    {
        var recipe = await StartedAsync(Trigger(Step("__adhoc_http_action", new { verb = "GET", path = "/x/{{ trigger.p | slice: 0, 3 }}" })), await DeskAsync());
        var job = await EventAsync(recipe, new { p = "ab\ud83d\ude00" });

        await ManyRoundsAsync();

        (await JobAsync(job)).Status.ShouldNotBe(JobStatus.Pending);
        (await LinesAsync(job)).ShouldHaveSingleItem().Request.ShouldBe("GET /x/ab\ufffd");
        (await WorkOfAsync(job)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_of_which_nothing_can_be_written_is_given_up_after_ten_times()
    {
        var recipe = await StartedAsync(Trigger(Log("x")));
        var job = await EventAsync(recipe);
        var node = NodeThat(() => throw new DbUpdateException("It cannot be written."));

        for (var i = 0; i < 9; i++) await RoundAsync(node);
        (await JobAsync(job)).Status.ShouldBe(JobStatus.Pending);
        await RoundAsync(node);

        job = await JobAsync(job);
        (job.Status, job.ErrorKind, job.CompletedAt is null).ShouldBe((JobStatus.Failed, JobErrorKind.ServerError, false));
        (await WorkOfAsync(job)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_node_that_lost_a_job_does_not_give_it_up_either()
    {
        var recipe = await StartedAsync(Trigger(Log("x")));
        var job = await EventAsync(recipe);
        await BegunAsync(job, times: 9);
        var node = NodeThat(async () =>
        {
            await Workspace.DbAsync(db => db.Set<WorkItem>().Where(w => w.Subject == job.Id).ExecuteUpdateAsync(set => set.SetProperty(w => w.Holder, "another"), Cancel));
            throw new DbUpdateException("It cannot be written.");
        });

        await WorkAsync(node);

        (await JobAsync(job)).Status.ShouldBe(JobStatus.Pending);
        (await WorkOfAsync(job)).ShouldHaveSingleItem().Holder.ShouldBe("another");
    }

    [Fact]
    public async Task A_job_with_which_ten_nodes_went_away_is_not_run_by_an_eleventh()
    {
        var recipe = await StartedAsync(Trigger(Step("get_ticket", new { id = "1" })), await DeskAsync());
        var job = await EventAsync(recipe);
        await BegunAsync(job, times: 10);

        await WorkAsync();

        job = await JobAsync(job);
        (job.Status, job.ErrorKind).ShouldBe((JobStatus.Failed, JobErrorKind.ServerError));
        (await WorkOfAsync(job)).ShouldBeEmpty();
        Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_whose_version_of_the_recipe_is_gone_says_so()
    {
        var recipe = await StartedAsync(Trigger(Log("x")));
        var job = await EventAsync(recipe);
        await Workspace.DbAsync(db => db.Set<RecipeVersion>().Where(v => v.RecipeId == recipe.Id).ExecuteDeleteAsync(Cancel));

        await WorkAsync(Workspace.StartNode());

        job = await JobAsync(job);
        (job.Status, job.ErrorKind).ShouldBe((JobStatus.Failed, JobErrorKind.Recipe));
        (await WorkOfAsync(job)).ShouldBeEmpty();
    }

    private async Task ManyRoundsAsync()
    {
        for (var i = 0; i < 12; i++) await RoundAsync();
    }

    private async Task RoundAsync(IServiceProvider? node = null)
    {
        await WorkAsync(node);
        Workspace.Time.Advance(TimeSpan.FromMinutes(10));
    }

    private Task BegunAsync(Job job, int times) => Workspace.DbAsync(db => db.Set<WorkItem>().Where(w => w.Subject == job.Id).ExecuteUpdateAsync(set => set.SetProperty(w => w.Attempts, times), Cancel));

    private Task<List<WorkItem>> WorkOfAsync(Job job) => Workspace.DbAsync(db => db.Set<WorkItem>().AsNoTracking().Where(w => w.Kind == Job.Work && w.Subject == job.Id).ToListAsync(Cancel));

    // A node to which something happens whenever it writes a step.
    private IServiceProvider NodeThat(Func<Task> act) => Workspace.StartNode(configure: services =>
    {
        services.ConfigureDbContext<SqliteDbContext>(o => o.AddInterceptors(new AtSteps(act)));
        services.ConfigureDbContext<PostgresDbContext>(o => o.AddInterceptors(new AtSteps(act)));
    });

    private sealed class AtSteps(Func<Task> act) : SaveChangesInterceptor
    {
        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (eventData.Context!.ChangeTracker.Entries<JobStep>().Any(e => e.State == EntityState.Added)) await act();
            return result;
        }
    }
}
