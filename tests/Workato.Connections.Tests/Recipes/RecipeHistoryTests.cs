using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Editing;

namespace Workato.Connections.Tests.Recipes;

/// <summary>What can be undone and redone, as the versions alone tell it.</summary>
public sealed class RecipeHistoryTests
{
    private const string Call = """{"keyword":"trigger","provider":"workato_recipe_function","name":"execute","block":[STEPS]}""";
    private const string Log = """{"keyword":"action","provider":"logger","name":"log_message","as":"line","input":{"message":"x"}}""";

    private static readonly string None = Code("");
    private static readonly string Added = Code("""{"keyword":"action"}""");
    private static readonly string App = Code("""{"keyword":"action","provider":"logger"}""");
    private static readonly string Chosen = Code("""{"keyword":"action","provider":"logger","name":"log_message","as":"line"}""");

    [Fact]
    public void After_two_undos_both_can_be_redone_and_it_is_said_what()
    {
        var history = Of(None, Added, App, Chosen, App, Added);

        (history.UndoTo, history.Undone).ShouldBe((1, "add step 1"));
        (history.RedoTo, history.Redone).ShouldBe((3, "choose the app of step 1"));
    }

    [Fact]
    public void After_a_redo_the_next_undo_goes_back_again()
    {
        var history = Of(None, Added, App, Chosen, App, Chosen);

        (history.UndoTo, history.Undone).ShouldBe((3, "choose the action of step 1"));
        history.RedoTo.ShouldBeNull();
    }

    [Fact]
    public void What_was_undone_is_gone_once_something_else_was_done()
    {
        var history = Of(None, Added, App, Added, Code("""{"keyword":"if"}"""));

        (history.UndoTo, history.RedoTo).ShouldBe((2, (int?)null));
    }

    [Fact]
    public void Of_the_first_version_nothing_is_undone() => Of(None).UndoTo.ShouldBeNull();

    [Theory]
    [InlineData(Log, Log + "," + Log, "add step 2")]
    [InlineData("""{"keyword":"if","block":[""" + Log + "]}," + Log, Log, "delete 2 steps")]
    [InlineData(Log + """,{"keyword":"if","block":[]}""", """{"keyword":"if","block":[]},""" + Log, "move a step")]
    [InlineData(Log + """,{"keyword":"if","block":[]}""", """{"keyword":"if","block":[""" + Log + "]}", "move a step")]
    [InlineData("""{"keyword":"if","block":[]},""" + Log, """{"keyword":"if","block":[""" + Log + "]}", "move a step")]
    [InlineData("""{"keyword":"action","provider":"logger","name":"log_message","as":"line"}""", Log, "fill in step 1")]
    [InlineData("""{"keyword":"action","as":"a"},{"keyword":"foreach","source":"{{ a }}"}""", """{"keyword":"action","as":"b"},{"keyword":"foreach","source":"{{ b }}"}""", "rename step 1")]
    public void A_change_is_said_in_words(string before, string after, string words) =>
        StepDifference.Of(RecipeReader.Read(Code(before)).Value!, RecipeReader.Read(Code(after)).Value!).ShouldBe(words);

    private static RecipeHistory Of(params string[] codes) =>
        RecipeHistory.Of([.. codes.Select((code, i) => new RecipeVersion { Number = i + 1, Name = "", Code = code, Author = "", CreatedAt = default })]);

    private static string Code(string steps) => Call.Replace("STEPS", steps, StringComparison.Ordinal);
}
