using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>Requests that come by the back door, past the browser (RFC 9126).</summary>
public sealed class PushedRequestTests(ClockedSampleApp app) : OAuth2Scene(app)
{
    [Fact]
    public async Task A_pushed_request_is_used_once_and_by_its_client_alone()
    {
        var pushed = (await PushAsync()).Is(201).Json;
        pushed["expires_in"]!.GetValue<int>().ShouldBe(90);

        BroughtBack(await DecideAsync($"/oauth2/authorize?client_id=sample-client&request_uri={pushed.Text("request_uri")}"))["state"].ShouldBe("xyz");
        (await Http.ReadAsync($"/oauth2/authorize?client_id=sample-client&request_uri={pushed.Text("request_uri")}")).Is(400).Text.ShouldContain("invalid_request_uri");
        var stolen = (await PushAsync()).Json.Text("request_uri");
        (await Http.ReadAsync($"/oauth2/authorize?client_id=sample-public&request_uri={stolen}")).Is(400);
    }

    [Fact]
    public async Task A_pushed_request_is_good_for_ninety_seconds()
    {
        var uri = (await PushAsync()).Json.Text("request_uri");
        Clock.Advance(TimeSpan.FromSeconds(90));

        (await Http.ReadAsync($"/oauth2/authorize?client_id=sample-client&request_uri={uri}")).Is(400);
    }

    [Theory]
    [InlineData("client_secret", "wrong", 401, "invalid_client")]
    [InlineData("redirect_uri", "https://somewhere.example/", 400, "redirect_uri_mismatch")]
    [InlineData("scope", "moon.walk", 400, "invalid_scope")]
    [InlineData("request_uri", "urn:x", 400, "invalid_request")]
    public async Task What_is_wrong_with_a_pushed_request_is_said_at_once(string parameter, string value, int status, string error) =>
        (await PushAsync((parameter, value))).Is(status).Json.Text("error").ShouldBe(error);

    private Task<Answer> PushAsync(params (string, string)[] changes) => PostAsync("/oauth2/par", changes,
        ("response_type", "code"), ("client_id", "sample-client"), ("client_secret", "sample-client-secret"), ("redirect_uri", Callback), ("state", "xyz"),
        ("code_challenge", Challenge), ("code_challenge_method", "S256"));
}
