using System.Text;
using Workato.Connections.Answers;
using Workato.Connections.Secrets;

namespace Workato.Connections.Tests.Answers;

public class AppAnswerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"message":"Bad key"}""")]
    [InlineData("""{"error":"Bad key"}""")]
    [InlineData("""{"error":{"message":"Bad key"}}""")]
    [InlineData("""{"error":"invalid","error_description":"Bad key"}""")]
    [InlineData("""{"errors":["Bad key"]}""")]
    [InlineData("""{"errors":[{"message":"Bad key"}]}""")]
    [InlineData("""{"detail":"Bad key"}""")]
    public async Task The_apps_own_explanation_is_found_where_apps_put_it(string json) => (await ReadAsync(json)).Said(Hiding()).ShouldBe("Bad key");

    [Theory]
    [InlineData("hunter2")]
    [InlineData("HUNTER2")]
    public async Task A_secret_the_app_repeats_is_taken_out_of_its_words(string echoed) =>
        (await ReadAsync($$"""{"message":"The key {{echoed}} is unknown"}""")).Said(Hiding("hunter2")).ShouldBe("The key [secret] is unknown");

    [Fact]
    public async Task A_secret_that_is_part_of_another_leaves_no_rest_of_it() =>
        (await ReadAsync("""{"message":"Not hunter2-and-more"}""")).Said(Hiding("hunter2", "hunter2-and-more")).ShouldBe("Not [secret]");

    [Fact]
    public async Task A_secret_with_escaped_characters_is_recognised() =>
        (await ReadAsync("""{"message":"Not a\u0022b\/c"}""")).Said(Hiding("a\"b/c")).ShouldBe("Not [secret]");

    [Theory]
    [InlineData("Not hunter2")]
    [InlineData("Not swordfish")]
    [InlineData("Not X-Key: hunter2")]
    public async Task A_secret_out_of_several_lines_is_taken_out_too(string said) =>
        (await ReadAsync($$"""{"message":"{{said}}"}""")).Said(Hiding("X-Key: hunter2\r\nX-Other: swordfish"))!.ShouldNotMatch("hunter2|swordfish");

    [Fact]
    public async Task A_secret_out_of_query_parameters_is_taken_out_too() =>
        (await ReadAsync("""{"message":"Not hunter2"}""")).Said(Hiding("user=me&key=hunter2")).ShouldBe("Not [secret]");

    [Fact]
    public async Task The_words_stay_on_one_line() => (await ReadAsync("""{"message":"one\r\ntwo\u0000"}""")).Said(Hiding()).ShouldBe("one  two ");

    [Fact]
    public async Task Long_words_are_cut() => (await ReadAsync($$"""{"message":"{{new string('x', 500)}}"}""")).Said(Hiding()).ShouldBe(new string('x', 200) + "…");

    [Fact]
    public async Task A_character_is_not_cut_in_half() =>
        (await ReadAsync($$"""{"message":"{{new string('x', 199)}}😀😀"}""")).Said(Hiding()).ShouldBe(new string('x', 199) + "…");

    [Fact]
    public async Task The_first_pointer_that_leads_to_a_value_names_the_account() =>
        (await ReadAsync("""{"user":{"email":null,"id":17}}""")).Identity(["/user/email", "/user/id"], Hiding()).ShouldBe("17");

    [Theory]
    [InlineData("<html>sign in</html>")]
    [InlineData("")]
    [InlineData("{\"message\":")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task What_is_no_JSON_says_nothing(string body)
    {
        var answer = await ReadAsync(body);

        answer.IsJson.ShouldBeFalse();
        answer.Said(Hiding()).ShouldBeNull();
    }

    [Fact]
    public async Task Bytes_that_are_no_text_say_nothing()
    {
        using var content = new ByteArrayContent([.. "{\"message\":\""u8, 0xC3, 0x28, .. "\"}"u8]);

        (await AppAnswer.ReadAsync(content, Cancel)).Said(Hiding()).ShouldBeNull();
    }

    [Fact]
    public async Task No_more_of_a_body_is_read_than_is_worth_reading()
    {
        using var body = new CountedStream(new byte[5 * 1024 * 1024]);
        using var content = new StreamContent(body);

        await AppAnswer.ReadAsync(content, Cancel);

        body.Taken.ShouldBeLessThan(AppAnswer.MaxBytes + (64 * 1024));
    }

    private static Redaction Hiding(params string[] secrets)
    {
        using var request = new HttpRequestMessage();
        return new(new(new Dictionary<string, string>(), secrets.Index().ToDictionary(s => $"secret{s.Index}", s => new Secret(s.Item))), request);
    }

    private static async Task<AppAnswer> ReadAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        return await AppAnswer.ReadAsync(content, Cancel);
    }

    private sealed class CountedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public long Taken { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = base.ReadAsync(buffer, cancellationToken);
            Taken = Position;
            return read;
        }
    }
}
