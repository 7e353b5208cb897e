using Workato.Connections.Recipes.Jobs;

namespace Workato.Connections.Tests.Recipes.Jobs;

/// <summary>What one job may come to, also where each of its loops is short.</summary>
public abstract partial class JobTests
{
    [Fact]
    public async Task Loops_in_loops_end_at_twenty_thousand_steps()
    {
        var recipe = await StartedAsync(Trigger(Each("{{ call.list }}", "a", Each("{{ call.list }}", "b", Log("{{ a }} {{ b }}")))));

        var job = await RunAsync(recipe, new { list = Enumerable.Range(0, 200) });

        (job.Status, job.ErrorKind, job.ErrorStep).ShouldBe((JobStatus.Failed, JobErrorKind.Recipe, 3));
        job.Error.ShouldNotBeNull().ShouldStartWith("A job may do 20,000 steps");
        var lines = await LinesAsync(job);
        lines.Count.ShouldBe(20_000);
        (lines[2].Turn, lines[2].Output, lines[^1].Sequence).ShouldBe(("1.0/2.0", """{"message":"0 0"}""", 19_999));
    }

    [Fact]
    public async Task A_job_keeps_fifty_million_characters_and_no_more_also_when_it_goes_on_after_a_pause()
    {
        var text = new string('x', 900_000);
        var recipe = await StartedAsync(Trigger(Each("{{ call.list }}", "a", Log("{{ call.text }}")), Step("get_ticket", new { id = "1" }), Each("{{ call.list }}", "b", Log("{{ call.text }}"))), await DeskAsync());
        var job = await EventAsync(recipe, new { text, list = Enumerable.Range(0, 20) });
        await GoneInTheMiddleAsync("GET");

        await WorkAsync();

        job = await JobAsync(job);
        (job.Status, job.ErrorKind, job.ErrorStep).ShouldBe((JobStatus.Failed, JobErrorKind.Recipe, 5));
        job.Error.ShouldNotBeNull().ShouldContain("50,000,000 characters");
    }

    [Fact]
    public async Task Loops_that_lie_too_deep_in_one_another_for_their_lists_fail_the_job()
    {
        // Only the last of 101 elements has a list of its own with anything in it, and so on.
        object list = Enumerable.Range(0, 101).Select(_ => new { l = Array.Empty<int>() });
        for (var i = 0; i < 18; i++) list = Enumerable.Range(0, 100).Select(_ => (object)new { l = Array.Empty<int>() }).Append(new { l = list });
        var loop = Each("{{ e18.l }}", "e19");
        for (var i = 18; i > 0; i--) loop = Each(i == 1 ? "{{ call.l }}" : $"{{{{ e{i - 1}.l }}}}", $"e{i}", loop);
        var recipe = await StartedAsync(Trigger([.. Enumerable.Range(0, 9).Select(_ => Log("x")), loop]));

        var job = await RunAsync(recipe, new { l = list });

        (job.Status, job.ErrorKind, job.ErrorStep).ShouldBe((JobStatus.Failed, JobErrorKind.Recipe, 28));
        job.Error.ShouldNotBeNull().ShouldStartWith("It lies inside too many other loops");
    }

    private static object Each(string source, string @as, params object[] block) => new { keyword = "foreach", source, @as, block };
}
