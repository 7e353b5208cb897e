using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Workato.Connections.Secrets;

namespace Workato.Connections.Tests.Secrets;

public class SecretTests
{
    private const string Value = "hunter2-and-more";

    private readonly Secret secret = new(Value);

    [Fact]
    public void A_secret_shows_its_value_only_when_asked_to_reveal_it() => secret.Reveal().ShouldBe(Value);

    [Fact]
    public void A_secret_prints_as_a_mask() => secret.ToString().ShouldBe(Secret.Mask);

    [Fact]
    public void A_secret_does_not_show_in_an_interpolated_text() => $"key={secret}".ShouldBe($"key={Secret.Mask}");

    [Fact]
    public void A_secret_does_not_show_in_a_formatted_text() =>
        string.Format(CultureInfo.InvariantCulture, "key={0}", secret).ShouldBe($"key={Secret.Mask}");

    [Fact]
    public void A_secret_is_written_to_JSON_as_a_mask() => JsonSerializer.Serialize(secret).ShouldBe($"\"{Secret.Mask}\"");

    [Fact]
    public void A_secret_inside_something_else_is_written_to_JSON_as_a_mask() =>
        JsonSerializer.Serialize(new { Inner = new Dictionary<string, Secret> { ["key"] = secret } }).ShouldNotContain(Value);

    [Fact]
    public void A_record_that_holds_a_secret_does_not_print_it() => new Holder(secret).ToString().ShouldNotContain(Value);

    [Fact]
    public void A_secret_can_be_read_from_JSON() => JsonSerializer.Deserialize<Secret>($"\"{Value}\"")!.Reveal().ShouldBe(Value);

    [Fact]
    public void Structured_logging_finds_nothing_to_take_apart() =>
        typeof(Secret).GetMembers(BindingFlags.Public | BindingFlags.Instance)
            .Where(m => m is PropertyInfo or FieldInfo).Select(m => m.Name).ShouldBeEmpty();

    [Fact]
    public void Secrets_of_the_same_value_are_equal() => secret.ShouldBe(new Secret(Value));

    [Fact]
    public void Secrets_of_different_values_are_not_equal() => secret.ShouldNotBe(new Secret(Value + "!"));

    private sealed record Holder(Secret Key);
}
