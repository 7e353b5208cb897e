using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth1;
using Workato.Connections.Secrets;

namespace Workato.Connections.Tests.AuthMethods.OAuth1;

/// <summary>Where the parameters go, and what becomes of the caller's own words.</summary>
public sealed class OAuth1CredentialsTests
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Parameters = "oauth_consumer_key=ck&oauth_signature_method=PLAINTEXT&oauth_timestamp=1000000000&oauth_nonce=n-1&oauth_version=1.0&oauth_signature=cs%26";

    private readonly OAuth1Terms terms = new() { ConsumerKey = Template.Parse("ck"), ConsumerSecret = Template.Parse("{secret}"), SignatureMethod = Template.Parse("PLAINTEXT") };

    [Fact]
    public void In_the_header_the_parameters_stand_quoted()
    {
        using var request = Get();

        Bind(terms).PutOn(request);

        request.Headers.GetValues("Authorization").ShouldBe(["OAuth " + string.Join(", ", Parameters.Split('&').Select(p => p.Replace("=", "=\"", StringComparison.Ordinal) + '"'))]);
    }

    [Fact]
    public void In_the_query_they_stand_behind_the_callers_own()
    {
        using var request = Get("https://app.example/a%2Fb?q=x+y&q=%7e&&");

        Bind(terms with { SignatureIn = "query" }).PutOn(request);

        request.RequestUri!.AbsoluteUri.ShouldBe("https://app.example/a%2Fb?q=x+y&q=%7e&&&" + Parameters);
        request.Headers.Contains("Authorization").ShouldBeFalse();
    }

    [Fact]
    public void In_the_query_they_stand_alone_where_there_was_none()
    {
        using var request = Get("https://app.example/a");

        Bind(terms with { SignatureIn = "query" }).PutOn(request);

        request.RequestUri!.AbsoluteUri.ShouldBe("https://app.example/a?" + Parameters);
    }

    [Fact]
    public async Task In_a_form_they_stand_behind_the_callers_own()
    {
        using var request = Post("a=%7e&b=x+y");

        (await BodyAsync(terms with { SignatureIn = "body" }, request)).ShouldBe("a=%7e&b=x+y&" + Parameters);

        request.Headers.Contains("Authorization").ShouldBeFalse();
        request.Content!.Headers.ContentType!.MediaType.ShouldBe(Form);
    }

    [Fact]
    public async Task An_empty_form_holds_them_alone() => (await BodyAsync(terms with { SignatureIn = "body" }, Post(""))).ShouldBe(Parameters);

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task What_has_no_form_has_them_in_the_header(string? type)
    {
        using var request = Post("a=1", type);

        (await BodyAsync(terms with { SignatureIn = "body" }, request)).ShouldBe("a=1");

        request.Headers.Contains("Authorization").ShouldBeTrue();
    }

    [Fact]
    public async Task A_compressed_form_cannot_be_read_and_goes_on_as_it_is()
    {
        using var request = Post("\u001f\u008b");
        request.Content!.Headers.ContentEncoding.Add("gzip");

        (await BodyAsync(terms with { SignatureIn = "body" }, request)).ShouldBe("\u001f\u008b");
    }

    [Fact]
    public async Task A_form_that_needs_no_change_goes_on_byte_by_byte()
    {
        using var request = Post("a=%7e&&b=\u00e4&");
        var before = request.Content;

        (await BodyAsync(terms, request)).ShouldBe("a=%7e&&b=\u00e4&");

        request.Content.ShouldBeSameAs(before);
    }

    [Theory]
    [InlineData("header")]
    [InlineData("query")]
    [InlineData("body")]
    public async Task Parameters_of_the_callers_own_are_taken_out_wherever_they_stand(string place)
    {
        using var request = Post("a=1&oauth_token=forged&OAuth%5Fnonce=forged");
        request.RequestUri = new("https://app.example/?oauth_version=forged&b=2&oauth_verifier");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer forged");

        var body = await BodyAsync(terms with { SignatureIn = place }, request);

        body.ShouldStartWith("a=1");
        request.RequestUri.Query.ShouldStartWith("?b=2");
        (body + request.RequestUri + request.Headers).ShouldNotContain("forged");
    }

    [Theory]
    [InlineData("HMAC-SHA1", "qvTGHdzF6KLavt4PO0gs2a6pQ00=")]
    [InlineData("HMAC-SHA256", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=")]
    public async Task A_body_that_is_no_form_is_signed_by_its_hash_where_the_app_wants_it(string method, string hash)
    {
        using var request = Post("hello", "text/plain");

        await BodyAsync(terms with { BodyHash = true, SignatureMethod = Template.Parse(method) }, request);

        request.Headers.GetValues("Authorization").Single().ShouldContain($"oauth_body_hash=\"{Uri.EscapeDataString(hash)}\"");
    }

    [Fact]
    public void Without_a_body_the_hash_is_that_of_nothing()
    {
        using var request = Get();

        Bind(terms with { BodyHash = true, SignatureMethod = Template.Parse("HMAC-SHA1") }).PutOn(request);

        request.Headers.GetValues("Authorization").Single().ShouldContain("oauth_body_hash=\"2jmj7l5rSw0yVb%2FvlWAYkK%2FYBwk%3D\"");
    }

    [Theory]
    [InlineData(Form, "HMAC-SHA1")]
    [InlineData("text/plain", "PLAINTEXT")]
    public async Task Neither_forms_nor_plain_text_signatures_have_a_body_hash(string type, string method)
    {
        using var request = Post("a=1", type);

        await BodyAsync(terms with { BodyHash = true, SignatureMethod = Template.Parse(method) }, request);

        request.Headers.GetValues("Authorization").Single().ShouldNotContain("oauth_body_hash");
    }

    [Fact]
    public void Bodies_are_needed_only_where_they_are_signed()
    {
        Bind(terms).NeedsBody(Post("a=1", $"{Form}; charset=UTF-8")).ShouldBeTrue();
        Bind(terms).NeedsBody(Post("{}", "application/json")).ShouldBeFalse();
        Bind(terms with { BodyHash = true, SignatureMethod = Template.Parse("HMAC-SHA1") }).NeedsBody(Post("{}", "application/json")).ShouldBeTrue();
    }

    [Fact]
    public void Secrets_do_not_print() => Bind(terms).ToString()!.ShouldNotContain("= cs");

    private static IRequestCredentials Bind(OAuth1Terms terms) =>
        new OAuth1Method(new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_000_000_000)), () => "n-1")
            .Bind(new() { OAuth1 = terms }, new(new Dictionary<string, string>(), new Dictionary<string, Secret> { ["secret"] = new("cs") }));

    private static HttpRequestMessage Get(string url = "https://app.example/a") =>
        new(HttpMethod.Get, new Uri(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

    private static HttpRequestMessage Post(string body, string? type = Form)
    {
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return new(HttpMethod.Post, "https://app.example/a") { Content = content };
    }

    private static async Task<string> BodyAsync(OAuth1Terms terms, HttpRequestMessage request)
    {
        await Bind(terms).PutOnAsync(request, TestContext.Current.CancellationToken);
        return Encoding.Latin1.GetString(await request.Content!.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
