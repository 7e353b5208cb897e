using Workato.Connections.Connectors;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Editing;

namespace Workato.Connections.Tests.Recipes;

/// <summary>Changing a recipe one step at a time, as its editor does.</summary>
public sealed class RecipeEditsTests
{
    private const string Empty = """{"keyword":"trigger"}""";

    // 0 call, 1 note, 2 if (3 log) 4 else (5 log), 6 foreach (7 log)
    private const string Branching = """
        {"keyword":"trigger","provider":"workato_recipe_function","name":"execute","as":"call","uuid":"kept","block":[
          {"keyword":"action","provider":"sample_app","name":"create_note","as":"note","input":{"text":"{{ call.text }}"}},
          {"keyword":"if","input":{"operand":"and","conditions":[{"operand":"contains","lhs":"{{ note.text }}","rhs":"note"}]},"block":[
            {"keyword":"action","provider":"logger","name":"log_message","as":"yes","input":{"message":"yes"}}]},
          {"keyword":"else","block":[
            {"keyword":"action","provider":"logger","name":"log_message","as":"no","input":{"message":"no"}}]},
          {"keyword":"foreach","source":"{{ note.lines }}","as":"line","block":[
            {"keyword":"action","provider":"logger","name":"log_message","as":"each","input":{"message":"{{ line }} of {{ note.text | append: 'note' }}"}}]}]}
        """;

    private readonly RecipeEdits edits = new(new RecipeApps(ConnectorCatalog.Load(null)));

    [Fact]
    public void A_recipe_is_made_from_nothing()
    {
        var code = Done(edits.SetApp(Empty, 0, "workato_recipe_function"));
        code = Done(edits.SetOperation(code, 0, "execute"));
        code = Done(RecipeEdits.Add(code, new(0, Inside: true), Keywords.Action));
        code = Done(edits.SetApp(code, 1, "sample_app"));
        code = Done(edits.SetOperation(code, 1, "create_note"));
        code = Done(RecipeEdits.Fill(code, 1, new() { Inputs = new Dictionary<string, string?> { ["text"] = "Hello" } }));

        code.ShouldBe("""{"keyword":"trigger","provider":"workato_recipe_function","name":"execute","as":"trigger","block":[{"keyword":"action","provider":"sample_app","name":"create_note","as":"note","input":{"text":"Hello"}}]}""");
    }

    [Fact]
    public void A_name_is_given_that_no_other_step_has()
    {
        var code = Done(RecipeEdits.Add(Branching, new(1, Inside: false), Keywords.Action));
        code = Done(edits.SetOperation(Done(edits.SetApp(code, 2, "sample_app")), 2, "create_note"));

        Step(code, 2).As.ShouldBe("note_2");
    }

    [Fact]
    public void A_new_name_is_taken_over_by_whatever_refers_to_it_and_by_nothing_else()
    {
        var code = Done(RecipeEdits.Fill(Branching, 1, new() { As = "memo" }));

        Step(code, 2).Input.GetProperty("conditions")[0].GetProperty("lhs").GetString().ShouldBe("{{ memo.text }}");
        Step(code, 2).Input.GetProperty("conditions")[0].GetProperty("rhs").GetString().ShouldBe("note");
        Step(code, 6).Source.ShouldBe("{{ memo.lines }}");
        Step(code, 7).Input.GetProperty("message").GetString().ShouldBe("{{ line }} of {{ memo.text | append: 'note' }}");
    }

    [Theory]
    [InlineData("no")]
    [InlineData("trigger")]
    [InlineData("two words")]
    [InlineData("1st")]
    public void A_name_that_is_taken_or_none_is_refused(string name) =>
        RecipeEdits.Fill(Branching, 1, new() { As = name }).Refusal!.Errors.Keys.ShouldBe(["as"]);

    [Fact]
    public void An_if_goes_with_its_else()
    {
        var code = Done(RecipeEdits.Remove(Branching, 2));

        Shape(code).ShouldBe("trigger(action foreach(action))");
    }

    [Fact]
    public void Nothing_comes_between_an_if_and_its_else()
    {
        var code = Done(RecipeEdits.Add(Branching, new(2, Inside: false), Keywords.Action));

        Shape(code).ShouldBe("trigger(action if(action) else(action) action foreach(action))");
    }

    [Fact]
    public void A_second_else_is_refused() =>
        RecipeEdits.Add(Branching, new(2, Inside: false), Keywords.Else).Refusal!.Errors.Keys.ShouldBe(["keyword"]);

    [Theory]
    [InlineData(1, false, "trigger(if(note yes) else(no) foreach(each))")]
    [InlineData(3, false, "trigger(note if() else(yes no) foreach(each))")]
    [InlineData(5, false, "trigger(note if(yes) else() no foreach(each))")]
    [InlineData(7, false, "trigger(note if(yes) else(no) foreach() each)")]
    [InlineData(2, false, "trigger(note foreach(if(yes) else(no) each))")]
    [InlineData(2, true, "trigger(if(yes) else(no) note foreach(each))")]
    [InlineData(3, true, "trigger(note yes if() else(no) foreach(each))")]
    [InlineData(5, true, "trigger(note if(yes no) else() foreach(each))")]
    [InlineData(6, true, "trigger(note if(yes) else(no foreach(each)))")]
    [InlineData(1, true, "trigger(note if(yes) else(no) foreach(each))")]
    public void A_step_is_moved_up_and_down_into_blocks_and_out_of_them(int number, bool up, string expected)
    {
        var moved = RecipeEdits.Move(Branching, number, up);

        Shape(Done(moved), named: true).ShouldBe(expected);
        Step(moved.Value!.Code, moved.Value.Step).As.ShouldBe(Step(Branching, number).As);
    }

    [Fact]
    public void A_step_moved_down_and_up_again_is_where_it_was() =>
        Shape(Done(RecipeEdits.Move(Done(RecipeEdits.Move(Branching, 3, up: false)), 4, up: true)), named: true).ShouldBe(Shape(Branching, named: true));

    [Fact]
    public void What_the_editor_does_not_know_stays() =>
        Done(RecipeEdits.Remove(Branching, 1)).ShouldContain("\"uuid\":\"kept\"");

    [Fact]
    public void A_value_that_was_no_text_stays_none()
    {
        const string code = """{"keyword":"trigger","block":[{"keyword":"action","provider":"workato_recipe_function","name":"return_result","input":{"result":{"id":"{{ trigger.id }}"}}}]}""";
        var text = StepTexts.Read(Step(code, 1))["result"];

        Step(Done(RecipeEdits.Fill(code, 1, new() { Inputs = new Dictionary<string, string?> { ["result"] = text } })), 1).Input.GetProperty("result").GetProperty("id").GetString().ShouldBe("{{ trigger.id }}");
    }

    [Fact]
    public void The_second_connector_of_an_app_keeps_operation_and_inputs()
    {
        const string code = """{"keyword":"trigger","block":[{"keyword":"action","provider":"rest","name":"__adhoc_http_action","as":"answer","input":{"path":"/a"}}]}""";

        var step = Step(Done(edits.SetProvider(code, 1, "rest_secondary")), 1);

        (step.Provider, step.Name, step.Input.GetProperty("path").GetString()).ShouldBe(("rest_secondary", "__adhoc_http_action", "/a"));
        edits.SetProvider(code, 1, "sample_app").Refusal!.Errors.Keys.ShouldBe(["provider"]);
    }

    [Fact]
    public void Another_app_begins_anew()
    {
        var step = Step(Done(edits.SetApp(Branching, 1, "logger")), 1);

        (step.Name, step.Input.ValueKind, step.As).ShouldBe((null, System.Text.Json.JsonValueKind.Undefined, "note"));
    }

    [Fact]
    public void A_step_that_is_not_there_any_more_is_refused() =>
        RecipeEdits.Remove(Branching, 8).Refusal!.Errors["step"].ShouldBe(["8 is not there any more"]);

    [Fact]
    public void A_step_may_refer_to_those_before_it_and_to_the_loops_around_it() =>
        EarlierSteps.Of(RecipeReader.Read(Branching).Value!, 7).Select(s => s.As).ShouldBe(["call", "note", "yes", "no", "line"]);

    private static string Done(Result<RecipeEdited> edited)
    {
        edited.Refusal.ShouldBeNull();
        RecipeReader.Read(edited.Value!.Code).Refusal.ShouldBeNull();
        return edited.Value.Code;
    }

    private static RecipeStep Step(string code, int number) => RecipeReader.Read(code).Value!.All.Single(s => s.Number == number);

    private static string Shape(string code, bool named = false) => Shape(RecipeReader.Read(code).Value!, named);

    private static string Shape(RecipeStep step, bool named) =>
        (named && step.Keyword == Keywords.Action ? step.As : step.Keyword) + (step.Keyword == Keywords.Action ? "" : $"({string.Join(' ', step.Block.Select(b => Shape(b, named)))})");
}
