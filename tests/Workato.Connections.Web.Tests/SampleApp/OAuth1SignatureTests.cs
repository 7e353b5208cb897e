using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>Which signatures the sample app accepts.</summary>
public sealed class OAuth1SignatureTests : OAuth1Scene
{
    [Fact]
    public async Task Without_a_token_the_consumer_is_the_bot()
    {
        (await SendAsync("/api/echo", Nobody)).Ok().Json.Text("account").ShouldBe("bot");
    }

    [Theory]
    [InlineData("HMAC-SHA1")]
    [InlineData("HMAC-SHA256")]
    [InlineData("HMAC-SHA512")]
    [InlineData("RSA-SHA1")]
    [InlineData("RSA-SHA256")]
    [InlineData("RSA-SHA512")]
    [InlineData("PLAINTEXT")]
    public async Task Every_method_of_signing_is_checked(string method)
    {
        if (method.StartsWith("RSA", StringComparison.Ordinal)) await RegisterKeyAsync();
        var token = await ConnectAsync();

        (await SendAsync("/api/echo", token, method)).Ok().Json.Text("account").ShouldBe("ada");

        if (method.StartsWith("RSA", StringComparison.Ordinal)) Key.ImportParameters(RSA.Create(2048).ExportParameters(true));
        IsRefused(await SendAsync("/api/echo", token with { Secret = "wrong" }, method), "signature_invalid");
    }

    [Fact]
    public async Task Everything_that_is_sent_is_signed()
    {
        var token = await ConnectAsync();
        (string, string)[] query = [("b", "2"), ("a", "€ ä"), ("b", "1"), ("b", "1"), ("q", "a+b&c=d"), ("e", "")];

        (await SendAsync("/api/echo/a%20b%2Fc", token, query: query)).Ok();
        (await SendAsync("/api/echo", token, query: query, form: [("b", "0"), ("ü", "100%"), ("t", "~-._*")])).Ok();
    }

    [Fact]
    public async Task A_form_that_was_changed_is_refused()
    {
        var oauth = Parameters("", "HMAC-SHA1");
        oauth.Add(("oauth_signature", Sign("POST", App.Url + "/api/echo", [.. oauth, ("amount", "1")], "")));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/echo") { Content = new FormUrlEncodedContent([new("amount", "1000")]) };
        request.Headers.Add("Authorization", "OAuth " + string.Join(", ", oauth.Select(each => $"{each.Name}=\"{Uri.EscapeDataString(each.Value)}\"")));

        IsRefused(await Http.AskAsync(request), "signature_invalid");
    }

    [Fact]
    public async Task The_parameters_may_come_in_the_query_or_in_a_form()
    {
        var inQuery = Parameters("", "HMAC-SHA256");
        inQuery.Add(("oauth_signature", Sign("GET", App.Url + "/api/me", inQuery, "")));
        (await Http.ReadAsync("/api/me" + Query(inQuery))).Ok().Json.Text("signed_in_by").ShouldBe("oauth1");

        var inForm = Parameters("", "HMAC-SHA1");
        inForm.Add(("oauth_signature", Sign("POST", App.Url + "/api/echo", [.. inForm, ("text", "hello you")], "")));
        using var content = new StringContent(Joined([.. inForm, ("text", "hello you")]), Encoding.ASCII, "application/x-www-form-urlencoded");
        (await Http.SendAsync("/api/echo", content)).Ok().Json["body_length"]!.GetValue<int>().ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task The_parameters_come_in_one_place_and_once()
    {
        (await SendAsync("/api/echo", Nobody, query: [("oauth_version", "1.0")])).Is(401).Headers.WwwAuthenticate.ToString().ShouldContain("parameter_rejected");
        IsRefused(await SendAsync("/api/echo", Nobody, oauth: [("oauth_nonce", "another")]), "parameter_rejected");
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public async Task A_timestamp_may_be_five_minutes_off(int seconds, bool accepted)
    {
        var oauth = Parameters("", "HMAC-SHA1");
        oauth.RemoveAll(each => each.Name == "oauth_timestamp");
        oauth.Add(("oauth_timestamp", (Clock.GetUtcNow().ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture)));

        var answer = await SendAsync("/api/echo", oauth, "", [], []);

        if (accepted) answer.Ok();
        else IsRefused(answer, "timestamp_refused");
    }

    [Fact]
    public async Task Its_clock_can_be_wrong_and_then_its_answers_say_by_how_much()
    {
        (await Http.ChangeAsync("/control/oauth1", new { clock_offset_seconds = 3600 })).Ok();

        var answer = await SendAsync("/api/echo", Nobody);

        IsRefused(answer, "timestamp_refused");
        answer.Headers.Date.ShouldBe(Clock.GetUtcNow().AddHours(1));
        Clock.Advance(TimeSpan.FromHours(1));
        (await Http.ChangeAsync("/control/oauth1", new { clock_offset_seconds = 0 })).Ok();
        (await SendAsync("/api/echo", Nobody)).Ok();
    }

    [Fact]
    public async Task A_nonce_comes_once()
    {
        var oauth = Parameters("", "HMAC-SHA1");

        (await SendAsync("/api/echo", oauth, "", [], [])).Ok();
        IsRefused(await SendAsync("/api/echo", oauth, "", [], []), "nonce_used");
    }

    [Theory]
    [InlineData("oauth_nonce", null, "parameter_absent")]
    [InlineData("oauth_timestamp", null, "parameter_absent")]
    [InlineData("oauth_timestamp", "soon", "parameter_rejected")]
    [InlineData("oauth_consumer_key", "stranger", "consumer_key_unknown")]
    [InlineData("oauth_signature_method", "HMAC-MD5", "signature_method_rejected")]
    [InlineData("oauth_version", "2.0", "version_rejected")]
    [InlineData("oauth_token", "stranger", "token_rejected")]
    [InlineData("oauth_token", "", null)]
    [InlineData("oauth_version", "1.0", null)]
    public async Task What_is_wrong_is_said_by_name(string parameter, string? value, string? problem)
    {
        var oauth = Parameters("", "HMAC-SHA1");
        oauth.RemoveAll(each => each.Name == parameter);
        if (value is not null) oauth.Add((parameter, value));

        var answer = await SendUnsignedMethodAsync(oauth);

        if (problem is null) answer.Ok();
        else IsRefused(answer, problem);
    }

    [Fact]
    public async Task A_body_that_was_hashed_cannot_be_changed()
    {
        var hash = Convert.ToBase64String(SHA256.HashData("{\"a\":1}"u8));
        List<(string, string)> Hashed() => [.. Parameters("", "HMAC-SHA256"), ("oauth_body_hash", hash)];

        (await SendAsync("/api/echo", Hashed(), "", [], [], Body("{\"a\":1}"))).Ok().Json["body_length"]!.GetValue<int>().ShouldBe(7);
        IsRefused(await SendAsync("/api/echo", Hashed(), "", [], [], Body("{\"a\":2}")), "signature_invalid");
    }

    private async Task RegisterKeyAsync() =>
        (await Http.SendAsync("/control/oauth1/public-key", new { consumer_key = "sample-consumer", public_key = Key.ExportSubjectPublicKeyInfoPem() })).Ok();

    // A method that nobody knows cannot be signed with; what comes is refused before that is looked at.
    private Task<Answer> SendUnsignedMethodAsync(List<(string Name, string Value)> oauth) => oauth.Contains(("oauth_signature_method", "HMAC-MD5"))
        ? Http.ReadAsync("/api/echo" + Query([.. oauth, ("oauth_signature", "x")]))
        : SendAsync("/api/echo", oauth, "", [], []);

    private static StringContent Body(string json) => new(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}
