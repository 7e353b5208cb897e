using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Recipes;

public class RecipeCheckTests
{
    private const string Action = """{"keyword":"action","provider":"test_desk","name":"get_ticket","as":"ticket","input":{"id":"1"}}""";

    private const string Endless = "{% for a in (1..9000) %}{% for b in (1..9000) %}{% endfor %}{% endfor %}";
    private const string TooOften = "{% for a in (1..10001) %}x{% endfor %}";

    private static readonly RecipeCheck Check = new(new RecipeApps(TestCatalog.Instance));

    [Theory]
    [InlineData("", "can't be blank")]
    [InlineData("{", "must be JSON; it cannot be read in line 1, at character 2")]
    [InlineData("[]", "step 0 must be an object")]
    [InlineData("""{"keyword":"action"}""", "step 0 has the keyword 'action'; allowed is trigger")]
    [InlineData("""{"keyword":"trigger","block":[{"keyword":"goto"}]}""", "step 1 has the keyword 'goto'; allowed is action, if, else or foreach")]
    [InlineData("""{"keyword":"trigger","block":{}}""", "step 0: block must be a list of steps")]
    [InlineData("""{"keyword":"trigger","block":[{"keyword":"else"}]}""", "step 1 is an else without an if before it")]
    public void Code_that_is_none_is_refused_whole(string code, string problem) => RecipeReader.Read(code).RefusedField("code").ShouldStartWith(problem);

    [Fact]
    public void Steps_a_thousand_deep_are_refused()
    {
        var code = """{"keyword":"trigger","block":[""" + string.Concat(Enumerable.Repeat("""{"keyword":"if","block":[""", 1000)) + string.Concat(Enumerable.Repeat("]}", 1000)) + "]}";

        RecipeReader.Read(code).RefusedField("code").ShouldBe("is nested too deeply: steps may lie 20 deep in one another, and the values of an input 60 deep");
        RecipeReader.Read("""{"keyword":"trigger","block":[""" + string.Concat(Enumerable.Repeat("""{"keyword":"if","block":[""", 21)) + string.Concat(Enumerable.Repeat("]}", 21)) + "]}")
            .RefusedField("code").ShouldBe("may be 20 steps deep at the most");
    }

    [Theory]
    [InlineData("if", "name", 128)]
    [InlineData("foreach", "provider", 64)]
    public void A_step_whose_name_or_provider_a_job_has_no_room_for_is_refused(string keyword, string field, int max)
    {
        RecipeReader.Read(Code(new string('x', max))).Granted();
        RecipeReader.Read(Code(new string('x', max + 1))).RefusedField("code").ShouldBe($"step 1: {field} is too long (maximum is {max} characters)");
        RecipeReader.Read(Code("\\u0000")).RefusedField("code").ShouldBe($"step 1: {field} must not contain the character U+0000");

        string Code(string value) => $$"""{"keyword":"trigger","block":[{"keyword":"{{keyword}}","{{field}}":"{{value}}"}]}""";
    }

    [Fact]
    public void More_than_500_steps_are_refused() =>
        RecipeReader.Read($$"""{"keyword":"trigger","block":[{{string.Join(',', Enumerable.Repeat(Action, 500))}}]}""").RefusedField("code").ShouldBe("may have 500 steps at the most");

    [Theory]
    [InlineData("""{"keyword":"action","provider":"test_dsk","name":"get_ticket","input":{"id":"1"}}""", "provider: is not included in the list; did you mean 'test_desk'?")]
    [InlineData("""{"keyword":"action","provider":"test_desk","name":"fly","input":{}}""", "name: is invalid")]
    [InlineData("""{"keyword":"action","provider":"test_desk","name":"get_ticket","input":{}}""", "id: can't be blank")]
    [InlineData("""{"keyword":"action","provider":"logger","name":"log_message","input":{"message":"{{ nobody.x }}"}}""", "message: refers to 'nobody', which no step is called")]
    [InlineData("""{"keyword":"action","provider":"logger","name":"log_message","input":{"message":"{{ ticket.x }}"}}""", "message: refers to 'ticket', which comes later or stands inside another branch")]
    [InlineData("""{"keyword":"action","provider":"logger","name":"log_message","as":"ticket","input":{"message":"x"}}""", "as: has already been taken by another step")]
    [InlineData("""{"keyword":"if","input":{},"block":[]}""", "input: needs at least one condition, such as {\"operand\":\"equals_to\",\"lhs\":\"…\",\"rhs\":\"…\"}")]
    [InlineData("""{"keyword":"foreach","as":"x","block":[]}""", "source: can't be blank; write the list: what an earlier step brought, in double braces")]
    [InlineData("""{"keyword":"foreach","source":"{{ trigger.x }}","block":[]}""", "as: can't be blank; it names the element, for example item")]
    public void A_step_that_is_wrong_is_named_with_its_field(string step, string fault) =>
        Check.Faults(RecipeReader.Read($$"""{"keyword":"trigger","provider":"workato_webhooks","name":"new_event","input":{},"block":[{{step}},{{Action}}]}""").Granted())
            .Select(f => $"{f.Field}: {f.Problem}").ShouldBe([fault]);

    [Theory]
    [InlineData("""{"cron":"every morning"}""", "cron: is no cron expression; write for example 30 8 * * MON-FRI")]
    [InlineData("""{"cron":"0 8 * * *","timezone":"Mars"}""", "timezone: is no time zone; write for example Europe/Berlin")]
    [InlineData("""{"trigger_every":"0"}""", "trigger_every: must be a number from 1 to 1000")]
    [InlineData($$"""{"cron":"{{TooOften}}"}""", "cron: repeats more than 10000 times")]
    [InlineData($$"""{"cron":"{{Endless}}"}""", "cron: takes more than 2 seconds to work out")]
    [InlineData("""{"trigger_every":"5","time_unit":"years"}""", "time_unit: must be minutes, hours or days")]
    public void A_clock_that_would_never_come_is_refused(string input, string fault) =>
        Check.Faults(RecipeReader.Read($$"""{"keyword":"trigger","provider":"clock","name":"scheduled_event","input":{{input}},"block":[{{Action}}]}""").Granted()).Select(f => $"{f.Field}: {f.Problem}").ShouldBe([fault]);

    [Theory]
    [InlineData($$"""{"poll_every":"{{TooOften}}"}""", "poll_every: repeats more than 10000 times")]
    [InlineData($$$"""{"filter":{"status":["open","{{{TooOften}}}"]}}""", "filter.status[1]: repeats more than 10000 times")]
    public void A_look_whose_input_cannot_be_worked_out_is_refused(string input, string fault) =>
        Check.Faults(RecipeReader.Read($$"""{"keyword":"trigger","provider":"test_desk","name":"list_people","input":{{input}},"block":[{{Action}}]}""").Granted()).Select(f => $"{f.Field}: {f.Problem}").ShouldBe([fault]);

    [Fact]
    public void A_loop_without_a_list_is_told_the_one_that_an_earlier_step_brings() =>
        Check.Faults(RecipeReader.Read("""
            {"keyword":"trigger","provider":"workato_webhooks","name":"new_event","input":{},"block":[
              {"keyword":"action","provider":"test_desk","name":"list_tickets","as":"open","input":{}},
              {"keyword":"foreach","as":"item","block":[]}]}
            """).Granted()).ShouldHaveSingleItem().Problem.ShouldBe("can't be blank; write the list, for example {{ open.items }}");

    [Fact]
    public void What_stands_in_a_loop_may_refer_to_its_element_and_nothing_outside_may() =>
        Check.Faults(RecipeReader.Read("""
            {"keyword":"trigger","provider":"workato_webhooks","name":"new_event","input":{},"block":[
              {"keyword":"foreach","source":"{{ trigger.items }}","as":"item","block":[{"keyword":"action","provider":"logger","name":"log_message","input":{"message":"{{ item.id }}"}}]},
              {"keyword":"action","provider":"logger","name":"log_message","input":{"message":"{{ item.id }}"}}]}
            """).Granted()).ShouldHaveSingleItem().Step.ShouldBe(3);
}
