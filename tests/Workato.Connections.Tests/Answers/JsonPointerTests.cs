using System.Text.Json;
using Workato.Connections.Answers;

namespace Workato.Connections.Tests.Answers;

public class JsonPointerTests
{
    // RFC 6901 section 5.
    private const string Document = """
        {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8}
        """;

    [Theory]
    [InlineData("/foo/0", "bar")]
    [InlineData("/", "0")]
    [InlineData("/a~1b", "1")]
    [InlineData("/c%d", "2")]
    [InlineData("/e^f", "3")]
    [InlineData("/g|h", "4")]
    [InlineData("/i\\j", "5")]
    [InlineData("/k\"l", "6")]
    [InlineData("/ ", "7")]
    [InlineData("/m~0n", "8")]
    public void The_examples_of_the_RFC_lead_where_it_says(string path, string expected) => Read(Document, path).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("/foo")]
    [InlineData("/foo/2")]
    [InlineData("/foo/-")]
    [InlineData("/foo/-1")]
    [InlineData("/foo/00")] // section 4: no leading zeros
    [InlineData("/foo/99999999999999999999")]
    [InlineData("/foo/0/bar")]
    [InlineData("/nothing")]
    public void What_is_not_there_or_no_text_is_nothing(string path) => Read(Document, path).ShouldBeNull();

    [Fact]
    public void An_escaped_tilde_before_a_one_is_not_a_slash() => Read("""{"~1":"x"}""", "/~01").ShouldBe("x");

    [Theory]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"\"")]
    public void Truth_values_objects_and_empty_texts_name_nobody(string value) => Read($$"""{"a":{{value}}}""", "/a").ShouldBeNull();

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\ud800":"x","a":{}}""")]
    public void Half_a_character_is_nothing(string json) => Read(json, "/a").ShouldBeNull();

    private static string? Read(string json, string path)
    {
        using var document = JsonDocument.Parse(json);
        return JsonPointer.Read(document.RootElement, path);
    }
}
