using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Recipes.Jobs;

/// <summary>Whose account a job works with, from its first step to its last.</summary>
public abstract partial class JobTests
{
    private static readonly object TwoTickets = Trigger(Step("create_ticket", new { subject = "a" }), Step("create_ticket", new { subject = "b" }));

    // Whose key came with which request to the desk.
    private readonly List<string> keys = [];

    [Fact]
    public async Task A_job_that_waits_for_an_app_does_not_go_on_through_the_shared_account_once_users_own_ones_are_switched_off()
    {
        var desk = await DeskAsync();
        var recipe = await OfUsersAsync(TwoTickets, desk);
        await ChildAsync(desk, "ada");
        SecondHasToWait();
        var job = await EventAsync(recipe, new JobEvent("Event", Nothing) { ExternalId = "ada" });
        await WorkAsync();
        keys.ShouldBe(["key-of-ada", "key-of-ada"]);

        await ChangeAsync(recipe, new() { RuntimeUserConnections = new Dictionary<string, bool> { ["test_desk"] = false } });
        await LaterAsync();

        job = await JobAsync(job);
        (job.Status, job.ErrorKind, job.ErrorStep).ShouldBe((JobStatus.Failed, JobErrorKind.Recipe, 2));
        keys.ShouldNotContain("key-of-the-desk");
    }

    [Fact]
    public async Task A_job_that_waits_for_an_app_does_not_go_on_through_another_account_and_the_recipe_is_not_to_blame()
    {
        var (desk, other) = (await DeskAsync("Alice"), await DeskAsync("Bob"));
        await Workspace.DbAsync(db => db.Connections.Where(c => c.Id == other.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Identity, "bob@app.example"), Cancel));
        var recipe = await StartedAsync(TwoTickets, desk);
        SecondHasToWait();
        var job = await EventAsync(recipe);
        await WorkAsync();

        await ChangeAsync(recipe, Through(other));
        await LaterAsync();

        job = await JobAsync(job);
        (job.Status, job.ErrorKind, keys.Count).ShouldBe((JobStatus.Failed, JobErrorKind.Recipe, 2));
        job.Error.ShouldBe("The connection for 'test_desk' was changed while this job waited, and no run mixes two accounts: repeat the job.");
        (await NowAsync(recipe)).ActionErrors.ShouldBe(0);
    }

    [Fact]
    public async Task A_job_that_waits_for_an_app_does_not_go_on_where_somebody_else_signed_in_meanwhile()
    {
        var desk = await DeskAsync();
        var recipe = await StartedAsync(TwoTickets, desk);
        SecondHasToWait();
        var job = await EventAsync(recipe);
        await WorkAsync();

        var later = Workspace.Time.GetUtcNow() + TimeSpan.FromSeconds(1);
        await Workspace.DbAsync(db => db.Connections.Where(c => c.Id == desk.Id).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.IdentityBefore, c => c.Identity).SetProperty(c => c.Identity, "bob@app.example").SetProperty(c => c.AuthorizedAt, later), Cancel));
        await LaterAsync();

        (await JobAsync(job)).Error.ShouldNotBeNull().ShouldContain("no run mixes two accounts");
        keys.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_job_that_waits_for_an_app_goes_on_through_another_connection_of_the_same_account()
    {
        var (desk, other) = (await DeskAsync("Old"), await DeskAsync("New"));
        var recipe = await StartedAsync(TwoTickets, desk);
        SecondHasToWait();
        var job = await EventAsync(recipe);
        await WorkAsync();

        await ChangeAsync(recipe, Through(other));
        await LaterAsync();

        (await JobAsync(job)).Status.ShouldBe(JobStatus.Succeeded);
        (await LinesAsync(job)).Select(l => l.ConnectionId).ShouldBe([desk.Id, other.Id]);
    }

    [Fact]
    public async Task Where_a_node_went_away_in_the_middle_and_the_connection_was_changed_the_job_says_where_to_look_first()
    {
        var (desk, other) = (await DeskAsync("Alice"), await DeskAsync("Bob"));
        await Workspace.DbAsync(db => db.Connections.Where(c => c.Id == other.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Identity, "bob@app.example"), Cancel));
        var recipe = await StartedAsync(TwoTickets, desk);
        var job = await EventAsync(recipe);
        await GoneInTheMiddleAsync("POST");

        await ChangeAsync(recipe, Through(other));
        await WorkAsync();

        job = await JobAsync(job);
        job.ErrorKind.ShouldBe(JobErrorKind.OutcomeUnknown);
        job.Error.ShouldNotBeNull().ShouldContain("look in the app whether it was done");
        Asked.ShouldBe(["POST /tickets"]);
    }

    [Fact]
    public async Task One_user_whose_own_account_is_rejected_does_not_stop_the_recipe_for_the_others()
    {
        var desk = await DeskAsync();
        var inner = await OfUsersAsync(Trigger(Step("get_ticket", new { id = "1" })), desk);
        var outer = await StartedAsync(Trigger(Step("call_recipe", new { flow_id = $"{inner.Id}" }, provider: "workato_recipe_function")));
        await ChildAsync(desk, "ada");
        await ChildAsync(desk, "grace");
        var (arrived, all) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Answer = async context =>
        {
            var isAda = context.Request.Headers["X-Api-Key"] == "key-of-ada";
            if (isAda && Interlocked.Increment(ref arrived) == RecipeErrors.MaxActionErrors) all.SetResult();
            if (isAda) await all.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
            await TestApp.Says(isAda ? 401 : 200, """{"id":1}""")(context);
        };

        for (var i = 0; i < RecipeErrors.MaxActionErrors; i++) await EventAsync(outer, new JobEvent("Event", Nothing) { ExternalId = "ada" });
        await WorkAsync();

        (await JobsAsync(inner)).Concat(await JobsAsync(outer)).Select(j => j.ErrorKind).ShouldBe(Enumerable.Repeat<JobErrorKind?>(JobErrorKind.Unauthorized, 2 * RecipeErrors.MaxActionErrors));
        foreach (var recipe in new[] { inner, outer }) (await NowAsync(recipe)).ShouldSatisfyAllConditions(r => r.Running.ShouldBeTrue(), r => r.ActionErrors.ShouldBe(0));
        var others = await EventAsync(outer, new JobEvent("Event", Nothing) { ExternalId = "grace" });
        await WorkAsync();
        (await JobAsync(others)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Whoever_chose_the_recipes_own_connection_has_the_present_one_when_the_job_is_repeated()
    {
        var (broken, other) = (await DeskAsync("Broken"), await DeskAsync("New"));
        var recipe = await StartedAsync(Trigger(Step("get_ticket", new { id = "1" })), broken);
        Answer = TestApp.Says(401, "{}");
        var call = Workspace.AskAsync<JobService, Result<Job>>(s => s.CallAsync(recipe.Id, null, null, new Dictionary<string, int?> { ["test_desk"] = null }, Cancel));
        while (!call.IsCompleted) await WorkAsync();
        (await call).Granted().Status.ShouldBe(JobStatus.Failed);
        Answer = TestApp.Says(200, """{"id":1}""");

        await ChangeAsync(recipe, Through(other));
        var again = (await Workspace.AskAsync<JobService, Result<IReadOnlyList<Job>>>(s => s.RepeatAsync(recipe.Id, [call.Result.Value!.Id], Cancel))).Granted().ShouldHaveSingleItem();
        await WorkAsync();

        (await JobAsync(again)).Status.ShouldBe(JobStatus.Succeeded);
        (await LinesAsync(again)).ShouldHaveSingleItem().ConnectionId.ShouldBe(other.Id);
    }

    [Fact]
    public async Task A_connection_that_was_chosen_by_its_id_stays_that_one()
    {
        var (desk, other) = (await DeskAsync("Chosen"), await DeskAsync("New"));
        var recipe = await StartedAsync(Trigger(Step("get_ticket", new { id = "1" })), desk);
        Task<Job> ChosenAsync() => EventAsync(recipe, new JobEvent("Event", Nothing) { Overrides = new Dictionary<string, int> { ["test_desk"] = desk.Id } });
        var first = await ChosenAsync();
        await WorkAsync();
        (await JobAsync(first)).Status.ShouldBe(JobStatus.Succeeded);

        var second = await ChosenAsync();
        await ChangeAsync(recipe, Through(other));
        await WorkAsync();

        second = await JobAsync(second);
        second.Error.ShouldNotBeNull().ShouldStartWith($"The connection {desk.Id} that the caller chose");
        (await NowAsync(recipe)).ActionErrors.ShouldBe(0);
    }

    private static JsonElement Nothing { get; } = JsonSerializer.SerializeToElement(new { });

    private static RecipeChange Through(Connection connection) => new() { Config = new Dictionary<string, int?> { ["test_desk"] = connection.Id } };

    // The first request is done, the next is to be asked again in two minutes.
    private void SecondHasToWait() => Answer = async context =>
    {
        keys.Add(context.Request.Headers["X-Api-Key"].ToString());
        if (keys.Count == 2) context.Response.Headers.RetryAfter = "120";
        await TestApp.Says(keys.Count == 2 ? 429 : 201, """{"id":1}""")(context);
    };

    private async Task LaterAsync()
    {
        Workspace.Time.Advance(TimeSpan.FromSeconds(121));
        await WorkAsync();
    }

    // A recipe that runs is stopped for it.
    private async Task ChangeAsync(Recipe recipe, RecipeChange change)
    {
        (await Workspace.AskAsync<RecipeService, Result<bool>>(s => s.StopAsync(recipe.Id, Cancel))).Granted();
        (await Workspace.AskAsync<RecipeService, Result<Recipe>>(s => s.UpdateAsync(recipe.Id, change, Cancel))).Granted();
        (await TryStartAsync(recipe)).Granted().IsStarted.ShouldBeTrue();
    }

    // Past the rule that asks for OAuth, of which these jobs know nothing.
    private async Task<Recipe> OfUsersAsync(object trigger, Connection desk)
    {
        var recipe = await StartedAsync(trigger, desk);
        await Workspace.DbAsync(db => db.Set<RecipeConnection>().Where(c => c.RecipeId == recipe.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.RuntimeUserConnections, true), Cancel));
        return recipe;
    }

    private async Task<Connection> ChildAsync(Connection parent, string user) => (await Workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(new()
    {
        Name = user, Provider = "test_desk", ParentId = parent.Id, ExternalId = user, Input = new Dictionary<string, string?>(parent.Settings.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value))) { ["auth_type"] = "api_key", ["api_key"] = $"key-of-{user}" },
    }, Cancel))).Granted();
}
