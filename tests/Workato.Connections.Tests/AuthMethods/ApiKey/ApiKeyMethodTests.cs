using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.ApiKey;

namespace Workato.Connections.Tests.AuthMethods.ApiKey;

public sealed class ApiKeyMethodTests : AuthMethodContract
{
    protected override IAuthMethod Method => new ApiKeyMethod();

    protected override Placement Good => new() { Headers = Put("X-Key", "{key}"), Query = Put("key", "{key}"), Cookies = Put("session", "{key}") };

    protected override IEnumerable<Placement> Nonsense =>
    [
        Placement.None,
        new() { Headers = Put("X-Version", "2") },
        new() { UserName = Template.Parse("{key}") },
        Good with { UserName = Template.Parse("{key}") },
        Good with { Password = Template.Parse("{key}") },
        new() { Headers = Put("Not A Name", "{key}") },
        new() { Headers = Put("Content-Length", "{key}") },
    ];

    protected override FieldValues Values => Given(("key", "k-1"));

    protected override HttpRequestMessage ForgedRequest
    {
        get
        {
            var request = Request($"https://app.example/things?key={Forged}&k%65y={Forged}&KEY={Forged}");
            request.Headers.Add("x-key", [Forged, Forged]);
            request.Headers.Add("Cookie", $"session={Forged}");
            return request;
        }
    }

    [Fact]
    public void A_header_is_put_on_with_its_prefix() =>
        On(new() { Headers = Put("Authorization", "Token token={key}") }, Values).Headers.GetValues("Authorization").ShouldBe(["Token token=k-1"]);

    [Fact]
    public void Several_headers_are_put_on_at_once()
    {
        var request = On(new() { Headers = new Dictionary<string, Template> { ["DD-API-KEY"] = Template.Parse("{a}"), ["DD-APPLICATION-KEY"] = Template.Parse("{b}") } }, Given(("a", "1"), ("b", "2")));

        request.Headers.ToDictionary(h => h.Key, h => h.Value.Single()).ShouldBe(new Dictionary<string, string> { ["DD-API-KEY"] = "1", ["DD-APPLICATION-KEY"] = "2" });
    }

    [Fact]
    public void A_query_parameter_is_put_behind_those_of_the_caller() =>
        Query("https://app.example/things?page=2", Values).ShouldBe("?page=2&key=k-1");

    [Fact]
    public void A_query_parameter_is_escaped() => Query("https://app.example/things", Given(("key", "a&b=c d+é"))).ShouldBe("?key=a%26b%3Dc%20d%2B%C3%A9");

    [Theory]
    [InlineData("key=other")]
    [InlineData("key")]
    [InlineData("k%65y=other")]
    [InlineData("%6B%65%79=other")]
    [InlineData("key=one&a=b&key=two")]
    public void A_query_parameter_of_the_caller_with_the_same_name_is_replaced_however_it_is_written(string query) =>
        Query($"https://app.example/things?{query}", Values).Replace("a=b&", "", StringComparison.Ordinal).ShouldBe("?key=k-1");

    [Fact]
    public void A_plus_in_a_name_of_the_caller_is_read_as_a_space() =>
        On(new() { Query = Put("api key", "{key}") }, Values, "https://app.example/?api+key=other").RequestUri!.Query.ShouldBe("?api%20key=k-1");

    [Fact]
    public void A_query_parameter_with_a_longer_name_stays() => Query("https://app.example/things?keys=1", Values).ShouldBe("?keys=1&key=k-1");

    [Fact]
    public void A_cookie_replaces_those_of_the_caller()
    {
        using var request = Request();
        request.Headers.Add("Cookie", "session=other; more=1");

        Method.Bind(new() { Cookies = new Dictionary<string, Template> { ["session"] = Template.Parse("{key}"), ["v"] = Template.Parse("2") } }, Values).PutOn(request);

        request.Headers.GetValues("Cookie").ShouldBe(["session=k-1; v=2"]);
    }

    [Fact]
    public void What_stands_for_an_optional_field_that_was_not_given_is_left_out() =>
        On(new() { Headers = new Dictionary<string, Template> { ["X-Key"] = Template.Parse("{key}"), ["X-Org"] = Template.Parse("Org {org}") } }, Values)
            .Headers.Select(h => h.Key).ShouldBe(["X-Key"]);

    [Fact]
    public void A_header_without_a_field_is_always_put_on() =>
        On(new() { Headers = new Dictionary<string, Template> { ["X-Key"] = Template.Parse("{key}"), ["X-Version"] = Template.Parse("2022-06-28") } }, Values)
            .Headers.GetValues("X-Version").ShouldBe(["2022-06-28"]);

    [Fact]
    public void Whole_headers_are_read_from_lines()
    {
        var request = On(new() { HeadersFrom = "pairs" }, Given(("pairs", "X-Key: a:b \r\n\r\n X-Other :c")));

        request.Headers.ToDictionary(h => h.Key, h => h.Value.Single()).ShouldBe(new Dictionary<string, string> { ["X-Key"] = "a:b", ["X-Other"] = "c" });
    }

    [Fact]
    public void Whole_query_parameters_are_read_from_lines() =>
        On(new() { QueryFrom = "pairs" }, Given(("pairs", "a=b=c\nd=e&f=g"))).RequestUri!.Query.ShouldBe("?a=b%3Dc&d=e&f=g");

    // People write it into their header pairs because Workato's own examples do.
    [Fact]
    public void A_header_about_the_body_goes_with_the_body()
    {
        using var request = Request();
        request.Content = new StringContent("<a/>");

        Method.Bind(new() { HeadersFrom = "pairs" }, Given(("pairs", "Content-Type: application/xml"))).PutOn(request);

        request.Content.Headers.ContentType!.ToString().ShouldBe("application/xml");
    }

    [Fact]
    public void A_header_about_the_body_is_left_out_where_there_is_no_body() =>
        On(new() { HeadersFrom = "pairs" }, Given(("pairs", "Content-Type: application/json\nX-Key: 1"))).Headers.Select(h => h.Key).ShouldBe(["X-Key"]);

    [Fact]
    public void A_key_for_a_header_must_be_ASCII() =>
        Method.Problems(new() { Headers = Put("X-Key", "{key}") }, Given(("key", "k–1"))).ShouldBe([("key", "must hold only plain ASCII characters")]);

    [Fact]
    public void A_key_for_a_cookie_must_be_ASCII() =>
        Method.Problems(new() { Cookies = Put("session", "{key}") }, Given(("key", "ключ"))).ShouldBe([("key", "must hold only plain ASCII characters")]);

    [Fact]
    public void Lines_of_headers_must_be_ASCII() =>
        Method.Problems(new() { HeadersFrom = "pairs" }, Given(("pairs", "X-Key: k–1"))).ShouldBe([("pairs", "must hold only plain ASCII characters")]);

    [Fact]
    public void A_key_for_the_query_may_be_anything() => Method.Problems(new() { Query = Put("key", "{key}") }, Given(("key", "ключ"))).ShouldBeEmpty();

    [Fact]
    public void A_bad_line_of_headers_is_refused_by_field_and_line() =>
        Method.Problems(new() { HeadersFrom = "pairs" }, Given(("pairs", "X-Key: 1\nnonsense"))).ShouldBe([("pairs", "line 2 is not of the form 'X-Api-Key: abc123'")]);

    [Fact]
    public void A_bad_line_of_query_parameters_is_refused_by_field_and_line() =>
        Method.Problems(new() { QueryFrom = "pairs" }, Given(("pairs", "nonsense"))).ShouldBe([("pairs", "line 1 is not of the form 'api_key=abc123'")]);

    private static Dictionary<string, Template> Put(string name, string template) => new() { [name] = Template.Parse(template) };

    private string Query(string url, FieldValues values) => On(new() { Query = Put("key", "{key}") }, values, url).RequestUri!.Query;

    private HttpRequestMessage On(Placement placement, FieldValues values, string url = "https://app.example/things")
    {
        var request = Request(url);
        Method.Bind(placement, values).PutOn(request);
        return request;
    }
}
