using System.Text.Json;
using Workato.Connections.Recipes.Inputs;

namespace Workato.Connections.Tests.Recipes.Inputs;

public class InputTemplateTests
{
    private static readonly InputValues Values = Made();
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("{{ note.id }}", "7")]
    [InlineData(" {{ note.tags }} ", "[\"a\",\"b\"]")]
    [InlineData("{{ note.nothing }}", "null")]
    [InlineData("{{ note }}", """{"id":7,"text":"Hi","tags":["a","b"],"price":1.50,"open":true}""")]
    [InlineData("No. {{ note.id }}", "\"No. 7\"")]
    [InlineData("{{ note.text | upcase }}", "\"HI\"")]
    [InlineData("{{ note.tags | json }}", """["a","b"]""", true)]
    [InlineData("{{ note.tags | join: ', ' }}", "\"a, b\"")]
    [InlineData("{{ note.tags[1] }}{{ note['text'] }}", "\"bHi\"")]
    [InlineData("{% for t in note.tags %}<{{ t }}>{% endfor %}", "\"<a><b>\"")]
    [InlineData("{% if note.open %}open{% else %}closed{% endif %}", "\"open\"")]
    [InlineData("""#{_dp('{"pill_type":"output","provider":"notes","line":"note","path":["tags",0]}')}!""", "\"a!\"")]
    [InlineData("#{_('data.notes.note.text')}", "\"Hi\"")]
    public void A_text_refers_to_what_earlier_steps_brought(string text, string json, bool asText = false)
    {
        var filled = Read(text).Fill(Values);

        (asText ? filled?.GetValue<string>() : filled?.ToJsonString(Plain) ?? "null").ShouldBe(json);
    }

    [Theory]
    [InlineData("{{ a.b }} {{ c | plus: d.e }}", "a", "c", "d")]
    [InlineData("{% for x in a.list %}{{ x.y }}{{ z }}{% endfor %}", "z", "a")]
    [InlineData("{% if a == 'b' and c contains \"d\" %}{% endif %}", "a", "c")]
    [InlineData("{{ a[b.c] }} {{ 'quoted' | append: \"x\" }}", "a", "b")]
    [InlineData("{{ 5 | times: 2.5 }} {{ true }}")]
    public void What_a_text_refers_to_is_known_before_it_runs(string text, params string[] names) => Read(text).Names.ShouldBe(names, ignoreOrder: true);

    [Theory]
    [InlineData("{{ a", "has {{ without }}; a reference is written as {{ step.field }}")]
    [InlineData("{% if a", "has {% without %}")]
    [InlineData("{% if a %}x", "has {% if %} without {% endif %} behind it")]
    [InlineData("x{% endfor %}", "has {% endfor %} without {% for %} before it")]
    [InlineData("{% for in %}{% endfor %}", "cannot be read as a template; allowed are")]
    [InlineData("{% include 'x' %}", "the tag 'include'")]
    [InlineData("{% assign a = 1 %}", "the tag 'assign'")]
    [InlineData("{% capture a %}{% endcapture %}", "the tag 'capture'")]
    [InlineData("{{ a | nonsense }}", "the filter 'nonsense'")]
    public void What_cannot_be_is_said_before_it_runs(string text, string problem) => InputTemplate.Read(text).Problem.ShouldNotBeNull().ShouldContain(problem);

    [Fact]
    public void Tags_that_lie_in_one_another_without_end_are_refused() =>
        InputTemplate.Read(string.Concat(Enumerable.Repeat("{% if a %}", 3000))).Problem.ShouldBe("may have 100 tags at the most");

    [Theory]
    [InlineData("{% for a in (1..9000) %}{% for b in (1..9000) %}0123456789{% endfor %}{% endfor %}")]
    [InlineData("{% for a in (1..2000000000) %}x{% endfor %}")]
    [InlineData("{{ big | replace: 'x', big }}")]
    [InlineData("{{ big | append: big | append: big }}")]
    [InlineData("{{ many | join: big }}")]
    [InlineData("{{ note.id | divided_by: 0 }}")]
    public void What_makes_much_of_little_or_nonsense_ends_soon(string text) => Should.Throw<InputException>(() => Read(text).Fill(Values));

    private static InputTemplate Read(string text)
    {
        var (template, problem) = InputTemplate.Read(text);
        problem.ShouldBeNull();
        return template!;
    }

    private static InputValues Made()
    {
        var values = new InputValues();
        values.Set("note", JsonSerializer.Deserialize<JsonElement>("""{"id":7,"text":"Hi","tags":["a","b"],"price":1.50,"open":true}"""));
        values.Set("big", new string('x', 600_000));
        values.Set("many", Enumerable.Repeat<object?>("y", 1000).ToList());
        return values;
    }
}
