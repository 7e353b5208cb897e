using Workato.Connections.AuthMethods;

namespace Workato.Connections.Tests.AuthMethods;

public class TemplateTests
{
    [Fact]
    public void A_field_in_braces_is_replaced_by_its_value() =>
        Template.Parse("Token token={api_key}").Fill(_ => "abc").ShouldBe("Token token=abc");

    [Fact]
    public void Every_field_is_asked_for_by_its_name() =>
        Template.Parse("{user}/{part}@{user}").Fill(name => name.ToUpperInvariant()).ShouldBe("USER/PART@USER");

    [Fact]
    public void A_field_without_a_value_becomes_empty() => Template.Parse("a{b}c").Fill(_ => null).ShouldBe("ac");

    [Fact]
    public void A_value_with_braces_is_not_read_as_a_template() => Template.Parse("{a}{b}").Fill(name => name == "a" ? "{b}" : "x").ShouldBe("{b}x");

    [Fact]
    public void Encoding_is_applied_to_values_and_not_to_the_text_around_them() =>
        Template.Parse("/a b/{c}").Fill(_ => "d e", Uri.EscapeDataString).ShouldBe("/a b/d%20e");

    [Theory]
    [InlineData("""{"query":"{ me { email } }"}""")]
    [InlineData("{}")]
    [InlineData("{1st}")]
    [InlineData("{two words}")]
    public void Braces_around_anything_but_a_field_name_are_ordinary_text(string text) => Template.Parse(text).Fill(_ => "!").ShouldBe(text);

    [Fact]
    public void The_fields_are_known_in_order_of_appearance() => Template.Parse("{b}-{a}").Fields.ShouldBe(["b", "a"]);

    [Theory]
    [InlineData("{url}/api", true)]
    [InlineData("https://{host}", false)]
    [InlineData("", false)]
    public void It_is_known_whether_a_template_begins_with_a_field(string text, bool expected) => Template.Parse(text).BeginsWithField.ShouldBe(expected);
}
