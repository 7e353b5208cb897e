using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>A device shows a code, a person types it in elsewhere.</summary>
public sealed class DeviceTests : OAuth2Scene
{
    [Fact]
    public async Task Once_somebody_allows_it_the_device_gets_their_tokens_one_time()
    {
        var device = await StartAsync();
        device.Text("verification_uri").ShouldBe(App.Url + "/device");
        device.Text("verification_uri_complete").ShouldBe($"{App.Url}/device?user_code={device.Text("user_code")}");
        (await PollAsync(device)).Is(400).Json.Text("error").ShouldBe("authorization_pending");
        Clock.Advance(TimeSpan.FromSeconds(5));

        (await DecideAsync(device, "allow")).Ok().Text.ShouldContain("Allowed");

        var tokens = (await PollAsync(device)).Ok().Json;
        (await CallAsync("/api/me", tokens)).Ok().Json.Text("email").ShouldBe("ada@sample.example");
        (await RefreshAsync(tokens)).Ok();
        (await PollAsync(device)).Is(400).Json.Text("error").ShouldBe("expired_token");
    }

    [Fact]
    public async Task A_code_is_known_in_small_letters_and_without_its_dash()
    {
        var device = await StartAsync();

        var page = (await Http.ReadAsync("/device?user_code=" + device.Text("user_code")!.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant())).Ok().Text;

        page.ShouldContain(device.Text("user_code")!);
        page.ShouldContain("Read notes");
    }

    [Fact]
    public async Task A_wrong_code_is_asked_for_again() =>
        (await Http.ReadAsync("/device?user_code=nonsense")).Ok().Text.ShouldContain("not known");

    [Fact]
    public async Task Denied_the_device_hears_access_denied()
    {
        var device = await StartAsync();
        (await DecideAsync(device, "deny")).Ok();

        (await PollAsync(device)).Is(400).Json.Text("error").ShouldBe("access_denied");
    }

    [Fact]
    public async Task A_device_that_asks_too_often_has_to_wait_five_seconds_longer()
    {
        var device = await StartAsync();
        device["interval"]!.GetValue<int>().ShouldBe(5);
        await PollAsync(device);
        Clock.Advance(TimeSpan.FromSeconds(4));
        (await PollAsync(device)).Json.Text("error").ShouldBe("slow_down");

        Clock.Advance(TimeSpan.FromSeconds(9));
        (await PollAsync(device)).Json.Text("error").ShouldBe("slow_down");
        Clock.Advance(TimeSpan.FromSeconds(15));
        (await PollAsync(device)).Json.Text("error").ShouldBe("authorization_pending");
    }

    [Fact]
    public async Task A_code_is_good_for_ten_minutes()
    {
        var device = await StartAsync();
        Clock.Advance(TimeSpan.FromSeconds(device["expires_in"]!.GetValue<int>()));

        (await PollAsync(device)).Json.Text("error").ShouldBe("expired_token");
    }

    [Fact]
    public async Task Nobody_need_be_asked_when_it_is_told_so()
    {
        await App.OAuth2Async(new { consent = "allow", device_interval_seconds = 0 });

        (await PollAsync(await StartAsync())).Ok();
    }

    private async Task<JsonObject> StartAsync() => (await PostAsync("/oauth2/device", [], ("client_id", "sample-client"), ("client_secret", "sample-client-secret"), ("scope", "notes.read"))).Ok().Json;

    private Task<Answer> PollAsync(JsonObject device) => TokenAsync([],
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", device.Text("device_code")!));

    private Task<Answer> DecideAsync(JsonObject device, string decision) => PostAsync("/device", [],
        ("ticket", device.Text("user_code")!), ("decision", decision), ("account", "ada"));
}
