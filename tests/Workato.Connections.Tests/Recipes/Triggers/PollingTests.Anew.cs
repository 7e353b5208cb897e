using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Recipes;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Recipes.Triggers;

/// <summary>What a trigger has met is of one list in one app: with another list or another connection it begins anew.</summary>
public abstract partial class PollingTests
{
    private const string TooOften = "{% for a in (1..10001) %}x{% endfor %}";

    [Theory]
    [InlineData("list_tickets")]
    [InlineData("list_people")]
    public async Task With_another_connection_the_next_look_is_a_first_one(string list)
    {
        var recipe = await PollingAsync(list);
        records = ["""{"id":1}""", """{"id":9}"""];
        await LookAsync();

        await ChangeAsync(recipe, new() { Config = new Dictionary<string, int?> { ["test_desk"] = (await DeskAsync("Second")).Id } });
        records = ["""{"id":1}"""];
        await LookAsync();
        records = ["""{"id":1}""", """{"id":2}"""];
        await LookAsync();

        (await JobsAsync(recipe)).Count.ShouldBe(1);
        Asked.ShouldAllBe(a => !a.EndsWith("after=9"));
    }

    [Fact]
    public async Task With_another_list_the_next_look_is_a_first_one()
    {
        var recipe = await PollingAsync("list_tickets");
        records = ["""{"id":9}"""];
        await LookAsync();

        await ChangeAsync(recipe, new() { Code = Code("list_people", new { }) });
        records = ["""{"id":"a"}""", """{"id":"b"}"""];
        await LookAsync();
        records = [.. records, """{"id":"c"}"""];
        await LookAsync();

        (await JobsAsync(recipe)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"status":"won"}""", 0)]
    [InlineData("""{"poll_every":"7"}""", 1)]
    public async Task With_another_input_the_next_look_is_a_first_one_unless_it_only_says_how_often(string input, int jobs)
    {
        var recipe = await PollingAsync("list_people");
        records = ["""{"id":"a"}"""];
        await LookAsync();

        await ChangeAsync(recipe, new() { Code = Code("list_people", JsonSerializer.Deserialize<JsonElement>(input)) });
        records = [.. records, """{"id":"b"}"""];
        await LookAsync();

        (await JobsAsync(recipe)).Count.ShouldBe(jobs);
    }

    [Fact]
    public async Task What_came_while_it_was_stopped_is_new_where_only_its_steps_were_changed()
    {
        var recipe = await PollingAsync("list_people");
        records = ["""{"id":"a"}"""];
        await LookAsync();

        await ChangeAsync(recipe, new() { Code = Code("list_people", new { }, "something else") });
        records = [.. records, """{"id":"b"}"""];
        await LookAsync();

        (await JobsAsync(recipe)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_look_that_was_under_way_when_another_connection_was_chosen_leaves_nothing_behind()
    {
        var recipe = await PollingAsync("list_people");
        await LookAsync();
        records = ["""{"id":"of the first"}"""];
        var second = await DeskAsync("Second");
        Answer = async context =>
        {
            await StopAsync(recipe);
            (await Workspace.AskAsync<RecipeService, Result<Recipe>>(s => s.ConnectAsync(recipe.Id, "test_desk", second.Id, Cancel))).Granted();
            await ListAsync(context);
        };

        await LookAsync();

        ((await MemoryAsync(recipe)), (await NowAsync(recipe)).Cursor, (await JobsAsync(recipe)).Count).ShouldBe((0, null, 0));
    }

    [Theory]
    [InlineData("bot@app.example", "9", 1)]
    [InlineData("another@app.example", null, 0)]
    public async Task A_replaced_connection_begins_anew_where_it_is_another_account(string identity, string? cursor, int remembered)
    {
        var (counted, remembering) = (await PollingAsync("list_tickets"), await PollingAsync("list_people"));
        var (first, second) = (await DeskAsync("First"), await DeskAsync("Second"));
        foreach (var recipe in new[] { counted, remembering }) await ChangeAsync(recipe, new() { Config = new Dictionary<string, int?> { ["test_desk"] = first.Id } });
        records = ["""{"id":9}"""];
        await LookAsync();
        await Workspace.DbAsync(db => db.Connections.Where(c => c.Id == second.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Identity, identity), Cancel));

        var done = (await Workspace.AskAsync<ReplaceEverywhere, Result<ConnectionReplacement>>(r => r.DoAsync(first.Id, second.Id, Cancel))).Granted();

        (await NowAsync(counted)).Cursor.ShouldBe(cursor);
        (await MemoryAsync(remembering)).ShouldBe(remembered);

        await LookAsync();
        (await JobsAsync(remembering)).ShouldBeEmpty();
        (await Workspace.AskAsync<ReplaceEverywhere, Result<ReplacementUndone>>(r => r.UndoAsync(first.Id, done.Id, Cancel))).Granted();
        (await NowAsync(counted)).Cursor.ShouldBe(cursor);
        (await MemoryAsync(remembering)).ShouldBe(remembered);
    }

    [Theory]
    [InlineData("poll_every")]
    [InlineData("status")]
    public async Task An_input_that_cannot_be_worked_out_is_an_error_of_the_trigger_and_tried_again_later(string field)
    {
        var recipe = await PollingAsync("list_people");
        await LookAsync();
        await WithInputAsync(recipe, field);

        await LookAsync();
        await LookAsync();

        var row = await NowAsync(recipe);
        (row.Running, row.TriggerErrors).ShouldBe((true, 2));
        row.TriggerError.ShouldNotBeNull().ShouldContain($"{field} repeats more than 10000 times");
        Asked.Count.ShouldBe(1);
    }

    // As it was stored before such an input was refused at the start.
    private Task WithInputAsync(Recipe recipe, string field) => Workspace.DbAsync(async db =>
    {
        var code = Code("list_people", new Dictionary<string, string> { [field] = TooOften });
        db.Add(new RecipeVersion { RecipeId = recipe.Id, Number = 2, Name = "Recipe", Code = code, Author = "Ada", CreatedAt = Workspace.Time.GetUtcNow() });
        await db.SaveChangesAsync(Cancel);
        return await db.Recipes.Where(r => r.Id == recipe.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Version, 2).SetProperty(r => r.Code, code), Cancel);
    });

    private async Task ChangeAsync(Recipe recipe, RecipeChange change)
    {
        await StopAsync(recipe);
        (await Workspace.AskAsync<RecipeService, Result<Recipe>>(s => s.UpdateAsync(recipe.Id, change, Cancel))).Granted();
        (await TryStartAsync(recipe)).Granted().IsStarted.ShouldBeTrue();
    }

    private async Task StopAsync(Recipe recipe) => (await Workspace.AskAsync<RecipeService, Result<bool>>(s => s.StopAsync(recipe.Id, Cancel))).Granted();

    private static string Code(string name, object input, string log = "new") =>
        JsonSerializer.Serialize(new { keyword = "trigger", provider = "test_desk", name, @as = "record", input, block = new[] { Log(log) } });
}
