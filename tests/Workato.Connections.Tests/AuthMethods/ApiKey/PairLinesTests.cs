using Workato.Connections.AuthMethods.ApiKey;

namespace Workato.Connections.Tests.AuthMethods.ApiKey;

public class PairLinesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("X-Key: abc")]
    [InlineData("X-Key:abc\r\nX-Other: d:e:f")]
    [InlineData("X-Empty:")]
    public void Good_headers_have_no_problem(string text) => PairLines.Headers.Problem(text).ShouldBeNull();

    [Theory]
    [InlineData("nonsense", 1)]
    [InlineData(": no name", 1)]
    [InlineData("X-Key: a\nX Key: b", 2)]
    [InlineData("X-Key: a\r\nX(Key): b", 2)]
    [InlineData("X-Key: a\n\n\nb", 4)]
    [InlineData("X-Key: a\rb", 2)] // a lone carriage return must not hide in a header
    public void A_bad_header_is_refused_with_the_line_a_person_counts(string text, int line) =>
        PairLines.Headers.Problem(text).ShouldBe($"line {line} is not of the form 'X-Api-Key: abc123'");

    [Theory]
    [InlineData("Host: evil.example")]
    [InlineData("content-length: 3")]
    [InlineData("Transfer-Encoding: chunked")]
    [InlineData("Connection: close")]
    [InlineData("Upgrade: h2c")]
    public void Headers_that_are_the_connections_own_business_are_refused(string text) =>
        PairLines.Headers.Problem(text).ShouldBe("line 1 names a header that cannot be set");

    [Theory]
    [InlineData("key=abc")]
    [InlineData("key=a=b&other=c\nthird=")]
    [InlineData("filter[x]=1")]
    public void Good_query_parameters_have_no_problem(string text) => PairLines.Query.Problem(text).ShouldBeNull();

    [Theory]
    [InlineData("nonsense", 1)]
    [InlineData("=abc", 1)]
    [InlineData("a=b\nc d=e", 2)]
    [InlineData("a=b\n#c=e", 2)]
    public void A_bad_query_parameter_is_refused_by_line(string text, int line) =>
        PairLines.Query.Problem(text).ShouldBe($"line {line} is not of the form 'api_key=abc123'");

    [Fact]
    public void A_refusal_does_not_repeat_the_secret() => PairLines.Headers.Problem("hunter2").ShouldNotBeNull().ShouldNotContain("hunter2");

    [Fact]
    public void Nothing_given_is_nothing_read() => PairLines.Headers.Read(null).ShouldBeEmpty();
}
