using System.Text.Json;
using Workato.Connections.Recipes.Inputs;

namespace Workato.Connections.Tests.Recipes.Inputs;

public class ConditionsTests
{
    [Theory]
    [InlineData("equals_to", "7", "7.0", true)]
    [InlineData("not_equals_to", "a", "b", true)]
    [InlineData("greater_than", "10", "9", true)]
    [InlineData("less_than", "2026-01-01", "2026-01-02T00:00:00Z", true)]
    [InlineData("contains", "abc", "b", true)]
    [InlineData("not_starts_with", "abc", "a", false)]
    [InlineData("ends_with", "abc", "bc", true)]
    [InlineData("present", "", null, false)]
    [InlineData("blank", "", null, true)]
    [InlineData("is_true", "true", null, true)]
    [InlineData("is_not_true", "", null, true)]
    public void Two_sides_are_compared_in_Workatos_words(string operand, string left, string? right, bool holds) =>
        Conditions.Holds(Json(new { operand = "and", conditions = new[] { new { operand, lhs = left, rhs = right } } }), new()).ShouldBe(holds);

    [Theory]
    [InlineData("and", false)]
    [InlineData("or", true)]
    public void Several_are_joined_by_and_or_by_or(string join, bool holds) =>
        Conditions.Holds(Json(new { operand = join, conditions = new[] { new { operand = "present", lhs = "x" }, new { operand = "present", lhs = "" } } }), new()).ShouldBe(holds);

    [Theory]
    [InlineData("""{"conditions":[{"operand":"smells_like","lhs":"a"}]}""", "compares by 'smells_like'; allowed are equals_to,")]
    [InlineData("""{"conditions":[{"lhs":"a"}]}""", "needs an operand")]
    [InlineData("{}", "needs at least one condition")]
    public void What_is_wrong_with_one_is_said(string input, string problem) => Conditions.Problem(JsonSerializer.Deserialize<JsonElement>(input)).ShouldNotBeNull().ShouldStartWith(problem);

    private static JsonElement Json(object input) => JsonSerializer.SerializeToElement(input);
}
