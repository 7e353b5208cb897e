using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data.Work;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Triggers;
using Workato.Connections.Tests.Recipes.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Recipes.Triggers;

/// <summary>Triggers that look for new records, each of which makes one job.</summary>
public abstract partial class PollingTests(Workspace workspace) : RecipeScene(workspace)
{
    private string[] records = [];

    [Fact]
    public async Task What_is_there_at_first_makes_no_job_and_what_is_new_makes_one_each()
    {
        var recipe = await PollingAsync("list_people");
        records = ["""{"id":"x","name":"Xenia"}""", """{"id":"y","name":"Yves"}"""];

        await LookAsync();
        records = [.. records, """{"id":"a","name":"Ada"}"""];
        await LookAsync();
        await LookAsync();

        (await JobsAsync(recipe)).ShouldHaveSingleItem().Title.ShouldBe("Ada");
    }

    [Fact]
    public async Task What_is_there_at_first_makes_jobs_too_where_that_is_asked_for()
    {
        var recipe = await PollingAsync("list_people", new { include_existing = true });
        records = ["""{"id":"x","name":"Xenia"}""", """{"id":"y","name":"Yves"}"""];

        await LookAsync();

        (await JobsAsync(recipe)).Select(j => j.Title).ShouldBe(["Xenia", "Yves"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_app_that_counts_its_records_is_asked_for_what_is_behind_the_last()
    {
        var recipe = await PollingAsync("list_tickets");
        records = ["""{"id":4}""", """{"id":9}"""];

        await LookAsync();
        records = ["""{"id":12}""", """{"id":11}"""];
        await LookAsync();

        Asked.ShouldBe(["GET /tickets", "GET /tickets?after=9"]);
        (await JobsAsync(recipe)).Count.ShouldBe(2);
        (await NowAsync(recipe)).Cursor.ShouldBe("12");
    }

    [Fact]
    public async Task A_record_with_a_lower_number_than_those_met_is_new_where_the_app_does_not_count_for_us()
    {
        var recipe = await PollingAsync("list_people");
        records = ["""{"id":9}"""];

        await LookAsync();
        records = ["""{"id":9}""", """{"id":4,"name":"Late"}"""];
        await LookAsync();
        await LookAsync();

        (await JobsAsync(recipe)).ShouldHaveSingleItem().Title.ShouldBe("Late");
    }

    [Theory]
    [InlineData("list_people")]
    [InlineData("list_tickets")]
    public async Task A_record_that_one_answer_lists_twice_makes_one_job(string list)
    {
        var recipe = await PollingAsync(list);
        records = ["""{"id":1}"""];
        await LookAsync();
        records = ["""{"id":2}""", """{"id":2}"""];
        await LookAsync();

        (await JobsAsync(recipe)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_only_counted_before_is_remembered_from_now_on_and_makes_no_job_again()
    {
        var recipe = await PollingAsync("list_people");
        await Workspace.DbAsync(db => db.Recipes.Where(r => r.Id == recipe.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Cursor, "9"), Cancel));
        records = ["""{"id":4}""", """{"id":9}""", """{"id":12,"name":"New"}"""];
        await LookAsync();
        records = [.. records, """{"id":5,"name":"Late"}"""];
        await LookAsync();
        await LookAsync();

        (await JobsAsync(recipe)).Select(j => j.Title).ShouldBe(["New", "Late"]);
    }

    [Fact]
    public async Task A_record_that_is_listed_all_the_time_is_never_new_again()
    {
        var recipe = await PollingAsync("list_people");
        records = ["""{"id":"x"}"""];
        await LookAsync();

        for (var day = 0; day < 70; day += 10)
        {
            Workspace.Time.Advance(TimeSpan.FromDays(10));
            await LookAsync();
        }

        (await JobsAsync(recipe)).ShouldBeEmpty();
        (await MemoryAsync(recipe)).ShouldBe(1);
    }

    [Fact]
    public async Task Records_without_an_id_are_known_by_all_they_hold()
    {
        var recipe = await PollingAsync("list_people");
        await LookAsync();
        records = ["""{"name":"Ada"}"""];
        await LookAsync();
        records = ["""{"name":"Ada"}""", """{"name":"Ada","town":"London"}"""];
        await LookAsync();

        (await JobsAsync(recipe)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_look_that_was_not_written_is_made_again_and_no_record_is_lost_or_doubled()
    {
        var recipe = await PollingAsync("list_people");
        await LookAsync();
        records = ["""{"id":"a"}"""];
        Answer = async context =>
        {
            await Workspace.DbAsync(db => db.Set<WorkItem>().ExecuteUpdateAsync(set => set.SetProperty(w => w.Holder, "another"), Cancel));
            await ListAsync(context);
        };
        await LookAsync();
        (await JobsAsync(recipe)).ShouldBeEmpty();

        Answer = ListAsync;
        await LookAsync();

        (await JobsAsync(recipe)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Sixty_errors_in_a_row_stop_the_recipe_and_one_success_forgives()
    {
        var recipe = await PollingAsync("list_people");
        Answer = TestApp.Says(401, "{}");
        for (var i = 0; i < 59; i++) await LookAsync();
        var row = await NowAsync(recipe);
        (row.Running, row.TriggerErrors).ShouldBe((true, 59));
        row.TriggerError.ShouldNotBeNull().ShouldContain("did not accept the credentials");

        Answer = ListAsync;
        await LookAsync();
        (await NowAsync(recipe)).TriggerErrors.ShouldBe(0);

        Answer = TestApp.Says(503, "");
        for (var i = 0; i < 60; i++) await LookAsync();
        row = await NowAsync(recipe);
        (row.Running, row.StopCause).ShouldBe((false, StopCauses.TriggerErrors));
    }

    [Fact]
    public async Task A_stopped_recipe_looks_no_more()
    {
        var recipe = await PollingAsync("list_people");
        await LookAsync();
        await Workspace.AskAsync<RecipeService, Result<bool>>(s => s.StopAsync(recipe.Id, Cancel));

        await LookAsync();
        await LookAsync();

        Asked.Count.ShouldBe(1);
        (await Workspace.DbAsync(db => db.Set<WorkItem>().AnyAsync(w => w.Subject == recipe.Id && w.Kind == "recipe_trigger", Cancel))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_clock_makes_a_job_at_each_of_its_times()
    {
        var recipe = await StartedAsync(new { keyword = "trigger", provider = "clock", name = "scheduled_event", input = new { cron = "0 9 * * *", timezone = "Europe/Berlin" }, block = new[] { Log("morning") } });

        for (var i = 0; i < 48; i++)
        {
            Workspace.Time.Advance(TimeSpan.FromHours(1));
            await WorkAsync();
        }

        (await JobsAsync(recipe)).Count.ShouldBe(2);
    }

    private async Task<Recipe> PollingAsync(string name, object? input = null)
    {
        Answer = ListAsync;
        return await StartedAsync(new { keyword = "trigger", provider = "test_desk", name, @as = "record", input = input ?? new { }, block = new[] { Log("new") } }, await DeskAsync());
    }

    private Task<int> MemoryAsync(Recipe recipe) => Workspace.DbAsync(db => db.Set<PolledRecord>().CountAsync(r => r.RecipeId == recipe.Id, Cancel));

    private Task ListAsync(HttpContext context) => TestApp.Says(200, $$"""{"items":[{{string.Join(',', records)}}],"total":3}""")(context);

    private async Task LookAsync()
    {
        await WorkAsync();
        Workspace.Time.Advance(TimeSpan.FromMinutes(5));
    }
}

public sealed class PollingOnSqlite(SqliteWorkspace workspace) : PollingTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class PollingOnPostgres(PostgresWorkspace workspace) : PollingTests(workspace), IClassFixture<PostgresWorkspace>;
