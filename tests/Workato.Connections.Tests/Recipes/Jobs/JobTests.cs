using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Tests.Recipes.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Recipes.Jobs;

/// <summary>Jobs go through their recipe's steps, and end once.</summary>
public abstract partial class JobTests(Workspace workspace) : RecipeScene(workspace)
{
    [Fact]
    public async Task A_step_asks_the_app_through_the_recipes_connection_with_what_earlier_steps_brought()
    {
        var recipe = await StartedAsync(Trigger(Step("get_ticket", new { id = "{{ call.id }}" }, "ticket"), Step("create_ticket", new { subject = "Re: {{ ticket.subject }}", priority = "{{ ticket.id }}" })), await DeskAsync());

        var job = await RunAsync(recipe, new { id = "a/b" });

        job.Status.ShouldBe(JobStatus.Succeeded);
        Asked.ShouldBe(["GET /tickets/a%2Fb", "POST /tickets"]);
        Bodies.ShouldBe(["""{"subject":"Re: Hello","priority":7}"""]);
    }

    [Fact]
    public async Task What_an_app_was_asked_and_answered_is_written_down_without_secrets()
    {
        Answer = TestApp.Says(200, """{"id":1,"seen":"key-of-the-desk"}""");
        var recipe = await StartedAsync(Trigger(Step("get_ticket", new { id = "1" })), await DeskAsync());

        var line = (await LinesAsync(await RunAsync(recipe))).ShouldHaveSingleItem();

        (line.Request, line.Status, line.Attempts).ShouldBe(("GET /tickets/1", 200, 1));
        line.Output.ShouldNotBeNull().ShouldNotContain("key-of-the-desk");
        line.Input.ShouldBe("""{"id":"1"}""");
    }

    [Fact]
    public async Task Conditions_choose_and_loops_repeat()
    {
        var recipe = await StartedAsync(Trigger(
            Step("get_ticket", new { id = "1" }, "ticket"),
            new { keyword = "if", input = new { operand = "and", conditions = new[] { new { operand = "equals_to", lhs = "{{ ticket.id }}", rhs = "8" } } }, block = new[] { Log("eight") } },
            new { keyword = "else", block = new[] { Log("other") } },
            new { keyword = "foreach", source = "{{ ticket.tags }}", @as = "tag", block = new[] { Log("tag {{ tag }}") } }), await DeskAsync());

        var lines = await LinesAsync(await RunAsync(recipe));

        lines.Where(l => l.Name == "log_message").Select(l => (l.Turn, l.Output)).ShouldBe([("", """{"message":"other"}"""), ("6.0", """{"message":"tag a"}"""), ("6.1", """{"message":"tag b"}""")]);
    }

    [Fact]
    public async Task A_result_is_returned_and_nothing_behind_it_is_done()
    {
        var recipe = await StartedAsync(Trigger(Return(new { sum = "{{ call.a | plus: call.b }}", whole = "{{ call }}" }), Log("never")));

        var job = await RunAsync(recipe, new { a = 1, b = 2 });

        job.Returned.ShouldBe("""{"sum":"3","whole":{"a":1,"b":2}}""");
        (await LinesAsync(job)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_app_that_asks_for_patience_is_asked_again_when_it_said_so()
    {
        Answer = context =>
        {
            context.Response.Headers.RetryAfter = "120";
            return TestApp.Says(429, "")(context);
        };
        var recipe = await StartedAsync(Trigger(Step("create_ticket", new { subject = "x" })), await DeskAsync());
        var job = await EventAsync(recipe);

        await WorkAsync();
        Workspace.Time.Advance(TimeSpan.FromSeconds(119));
        await WorkAsync();
        Asked.Count.ShouldBe(1);

        Answer = TestApp.Says(201, """{"id":1}""");
        Workspace.Time.Advance(TimeSpan.FromSeconds(2));
        await WorkAsync();
        (await JobAsync(job)).Status.ShouldBe(JobStatus.Succeeded);
        (await LinesAsync(job)).ShouldHaveSingleItem().Remark.ShouldNotBeNull().ShouldContain("Sent 1 times");
    }

    [Fact]
    public async Task An_app_that_stays_in_trouble_fails_the_job_after_five_requests()
    {
        Answer = TestApp.Says(503, "");
        var recipe = await StartedAsync(Trigger(Step("get_ticket", new { id = "1" })), await DeskAsync());
        var job = await EventAsync(recipe);

        for (var i = 0; i < 8; i++)
        {
            await WorkAsync();
            Workspace.Time.Advance(TimeSpan.FromMinutes(10));
        }

        job = await JobAsync(job);
        (job.Status, job.ErrorKind, Asked.Count).ShouldBe((JobStatus.Failed, JobErrorKind.AppInTrouble, 5));
        job.Error.ShouldNotBeNull().ShouldContain("It was sent 5 times");
    }

    [Fact]
    public async Task What_may_be_sent_once_only_is_not_sent_again_after_an_error_in_the_middle()
    {
        Answer = TestApp.Says(500, "");
        var recipe = await StartedAsync(Trigger(Step("create_ticket", new { subject = "x" })), await DeskAsync());

        (await RunAsync(recipe)).Status.ShouldBe(JobStatus.Failed);
        Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Five_rejections_in_a_row_stop_the_recipe_and_say_why()
    {
        var recipe = await StartedAsync(Trigger(Step("get_ticket", new { id = "1" })), await DeskAsync());
        await RunAsync(recipe);
        Answer = TestApp.Says(401, """{"message":"who are you"}""");

        for (var i = 0; i < 4; i++) (await RunAsync(recipe)).ErrorKind.ShouldBe(JobErrorKind.Unauthorized);
        (await NowAsync(recipe)).Running.ShouldBeTrue();
        await RunAsync(recipe);

        recipe = await NowAsync(recipe);
        (recipe.Running, recipe.StopCause).ShouldBe((false, StopCauses.ActionErrors));
        recipe.StopReason.ShouldNotBeNull().ShouldContain("who are you");
        recipe.StoppedByConnectionId.ShouldNotBeNull();
    }

    [Fact]
    public async Task One_success_in_between_and_the_count_begins_anew()
    {
        var recipe = await StartedAsync(Trigger(Step("get_ticket", new { id = "1" })), await DeskAsync());
        for (var i = 0; i < 9; i++)
        {
            Answer = TestApp.Says(i == 4 ? 200 : 401, "{}");
            await RunAsync(recipe);
        }

        (await NowAsync(recipe)).Running.ShouldBeTrue();
    }

    [Fact]
    public async Task A_success_that_began_before_the_errors_and_ended_among_them_lies_between_them()
    {
        var gate = new Gate();
        Answer = async context =>
        {
            if (context.Request.Path == "/tickets/slow") await gate.PassAsync();
            await TestApp.Says(context.Request.Path == "/tickets/slow" ? 200 : 401, "{}")(context);
        };
        var recipe = await StartedAsync(Trigger(Step("get_ticket", new { id = "{{ call.id }}" })), await DeskAsync());
        var slow = await EventAsync(recipe, new { id = "slow" });
        var working = WorkAsync();
        await gate.Reached;

        for (var i = 0; i < 4; i++) (await RunAsync(recipe, new { id = "1" })).ErrorKind.ShouldBe(JobErrorKind.Unauthorized);
        gate.Open();
        await working;
        (await JobAsync(slow)).Status.ShouldBe(JobStatus.Succeeded);
        await RunAsync(recipe, new { id = "1" });

        (await NowAsync(recipe)).Running.ShouldBeTrue();
    }

    [Fact]
    public async Task A_recipe_that_calls_one_with_a_rejected_connection_stops_for_the_same_connection()
    {
        var desk = await DeskAsync();
        var inner = await StartedAsync(Trigger(Step("get_ticket", new { id = "1" })), desk);
        var outer = await StartedAsync(Trigger(Step("call_recipe", new { flow_id = $"{inner.Id}" }, "other", provider: "workato_recipe_function")));
        Answer = TestApp.Says(401, "{}");

        for (var i = 0; i < 5; i++) await RunAsync(outer);

        foreach (var recipe in new[] { await NowAsync(inner), await NowAsync(outer) })
            (recipe.Running, recipe.StopCause, recipe.StoppedByConnectionId).ShouldBe((false, StopCauses.ActionErrors, desk.Id));
    }

    [Fact]
    public async Task A_webhook_of_a_running_recipe_makes_a_job_and_that_of_a_stopped_one_none()
    {
        var recipe = await StartedAsync(new { keyword = "trigger", provider = "workato_webhooks", name = "new_event", @as = "event", input = new { }, block = new[] { Log("{{ event.n }}") } });
        var data = JsonSerializer.SerializeToElement(new { n = 1 });

        (await ReceiveAsync(recipe.WebhookToken!)).ShouldBeTrue();
        await Workspace.AskAsync<RecipeService, Result<bool>>(s => s.StopAsync(recipe.Id, Cancel));
        (await ReceiveAsync(recipe.WebhookToken!)).ShouldBeFalse();
        (await ReceiveAsync("guessed")).ShouldBeFalse();

        await WorkAsync();
        (await JobsAsync(recipe)).ShouldHaveSingleItem().Status.ShouldBe(JobStatus.Succeeded);

        Task<bool> ReceiveAsync(string token) => Workspace.AskAsync<JobService, bool>(s => s.ReceiveAsync(token, data, Cancel));
    }

    [Fact]
    public async Task A_job_is_kept_for_thirty_days()
    {
        var recipe = await StartedAsync(Trigger(Log("x")));
        await RunAsync(recipe);
        Workspace.Time.Advance(TimeSpan.FromDays(29));
        await RunAsync(recipe);
        Workspace.Time.Advance(TimeSpan.FromDays(2));

        await Workspace.Services.GetRequiredService<JobRetention>().ForgetAsync(Cancel);

        (await JobsAsync(recipe)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Text_that_is_none_goes_through_as_it_is_written()
    {
        var recipe = await StartedAsync(Trigger(Return("{{ call.half }}!")));
        var job = await EventAsync(recipe, JsonSerializer.Deserialize<JsonElement>("""{"half":"\ud800"}"""));

        await WorkAsync();

        (await JobAsync(job)).Returned.ShouldBe("""
            "\\ud800!"
            """.Trim());
    }

    [Fact]
    public async Task A_recipe_calls_another_and_goes_on_with_its_result()
    {
        var called = await StartedAsync(Trigger(Return("{{ call.n | times: 2 }}")));
        var recipe = await StartedAsync(Trigger(
            Step("call_recipe", new { flow_id = $"{called.Id}", parameters = """{"n": {{ call.n }}}""" }, "other", provider: "workato_recipe_function"),
            Return("{{ other }}")));
        var job = await EventAsync(recipe, new { n = 21 });

        await WorkAsync();

        (await JobAsync(job)).Returned.ShouldBe("\"42\"");
        (await JobsAsync(called)).ShouldHaveSingleItem().CalledBy.ShouldBe(job.Id);
    }

    [Fact]
    public async Task A_recipe_that_calls_itself_ends()
    {
        var recipe = await RecipeAsync(Trigger(Log("x")));
        await Workspace.AskAsync<RecipeService, Result<Recipe>>(s => s.UpdateAsync(recipe.Id, new() { Code = JsonSerializer.Serialize(Trigger(Step("call_recipe", new { flow_id = $"{recipe.Id}" }, "again", provider: "workato_recipe_function"))) }, Cancel));
        (await TryStartAsync(recipe)).Granted().IsStarted.ShouldBeTrue();
        await EventAsync(recipe);

        for (var i = 0; i < 5; i++) await WorkAsync();

        var jobs = await JobsAsync(recipe);
        jobs.Count.ShouldBe(10);
        jobs.ShouldAllBe(j => j.Status == JobStatus.Failed);
    }

    [Fact]
    public async Task A_job_runs_the_version_of_its_trigger_also_when_the_recipe_was_changed_meanwhile()
    {
        var recipe = await StartedAsync(Trigger(Return("old")));
        var job = await EventAsync(recipe);
        await Workspace.AskAsync<RecipeService, Result<bool>>(s => s.StopAsync(recipe.Id, Cancel));
        (await Workspace.AskAsync<RecipeService, Result<Recipe>>(s => s.UpdateAsync(recipe.Id, new() { Code = JsonSerializer.Serialize(Trigger(Return("new"))) }, Cancel))).Granted();

        await WorkAsync();

        (await JobAsync(job)).Returned.ShouldBe("\"old\"");
    }

    [Fact]
    public async Task A_job_is_repeated_from_the_beginning_with_the_recipe_as_it_is_now()
    {
        var recipe = await StartedAsync(Trigger(Return("{{ call.x }}")));
        var job = await RunAsync(recipe, new { x = "same" });

        var again = (await Workspace.AskAsync<JobService, Result<IReadOnlyList<Job>>>(s => s.RepeatAsync(recipe.Id, [job.Id], Cancel))).Granted().ShouldHaveSingleItem();
        await WorkAsync();

        again = await JobAsync(again);
        (again.RepeatOf, again.Returned).ShouldBe((job.Id, "\"same\""));
    }

    [Theory]
    [InlineData("../../admin")]
    [InlineData("/a/%2e%2e/b")]
    [InlineData("//evil.example/x")]
    [InlineData("/x#y")]
    public async Task A_path_of_ones_own_stays_behind_the_apps_address(string path)
    {
        var recipe = await StartedAsync(Trigger(Step("__adhoc_http_action", new { verb = "GET", path })), await DeskAsync());

        var job = await RunAsync(recipe);

        Asked.ShouldAllBe(a => a == "GET //evil.example/x");
        if (path[1] != '/') job.ErrorKind.ShouldBe(JobErrorKind.Recipe);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        Answer = async context =>
        {
            for (var i = 0; i < 40; i++) await context.Response.WriteAsync(new string('x', 64 * 1024));
        };
        var recipe = await StartedAsync(Trigger(Step("get_ticket", new { id = "1" })), await DeskAsync());

        (await RunAsync(recipe)).Error.ShouldBe("Test Desk answered with more than 1 MB. Ask for less at a time.");
    }

    [Fact]
    public async Task A_template_that_makes_much_of_little_fails_the_job_and_not_the_server()
    {
        var recipe = await StartedAsync(Trigger(Log("{% for a in (1..9000) %}{% for b in (1..9000) %}0123456789{% endfor %}{% endfor %}")));

        var job = await RunAsync(recipe);

        (job.Status, job.ErrorKind).ShouldBe((JobStatus.Failed, JobErrorKind.Recipe));
        job.Error.ShouldNotBeNull().ShouldStartWith("The input.message ");
    }
}

public sealed class JobsOnSqlite(SqliteWorkspace workspace) : JobTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class JobsOnPostgres(PostgresWorkspace workspace) : JobTests(workspace), IClassFixture<PostgresWorkspace>;
