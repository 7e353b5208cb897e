using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>What an access token opens.</summary>
public sealed class BearerTests : OAuth2Scene
{
    [Fact]
    public async Task A_token_opens_what_its_scopes_say_and_nothing_else()
    {
        var reader = await ForAsync("notes.read");

        (await CallAsync("/api/notes", reader)).Ok();
        (await CallAsync("/api/me", reader)).Ok().Json["scopes"]!.AsArray().Single()!.GetValue<string>().ShouldBe("notes.read");
        var refused = (await CallAsync("/api/notes/1", reader, HttpMethod.Delete)).Is(403);
        refused.Json.Text("error").ShouldBe("insufficient_scope");
        refused.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"insufficient_scope\", scope=\"notes.write\"");
    }

    [Fact]
    public async Task A_token_without_notes_reads_none()
    {
        var answer = (await CallAsync("/api/notes", await ForAsync("profile"))).Is(403);

        answer.Headers.WwwAuthenticate.ToString().ShouldContain("scope=\"notes.read\"");
    }

    [Fact]
    public async Task The_profile_is_told_to_tokens_that_are_good_for_it()
    {
        (await CallAsync("/oauth2/userinfo", await ForAsync("profile"))).Ok().Json.Text("sub").ShouldBe("bot");
        (await CallAsync("/oauth2/userinfo", await ForAsync("notes.read"))).Is(403);
    }

    [Fact]
    public async Task A_token_that_never_was_one_is_said_to_be_invalid()
    {
        var answer = (await CallAsync("/api/me", new() { ["access_token"] = "sat_nonsense" })).Is(401);

        answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().ToString().ShouldContain("error=\"invalid_token\"");
    }

    [Fact]
    public async Task API_keys_are_still_read_from_the_same_header() =>
        (await CallAsync("/api/me", new() { ["access_token"] = "sample-key-bot" })).Ok().Json.Text("signed_in_by").ShouldBe("api_key");

    [Fact]
    public async Task The_metadata_say_where_everything_is()
    {
        var metadata = (await Http.ReadAsync("/.well-known/oauth-authorization-server")).Ok().Json;

        metadata.Text("issuer").ShouldBe(App.Url);
        metadata.Text("token_endpoint").ShouldBe(App.Url + "/oauth2/token");
        metadata.Text("pushed_authorization_request_endpoint").ShouldBe(App.Url + "/oauth2/par");
        metadata["code_challenge_methods_supported"]!.AsArray().Select(each => each!.GetValue<string>()).ShouldBe(["S256"]);
        metadata["grant_types_supported"]!.AsArray().Count.ShouldBe(5);
        metadata["authorization_response_iss_parameter_supported"]!.GetValue<bool>().ShouldBeTrue();
    }

    private async Task<JsonObject> ForAsync(string scope) => (await TokenAsync([], ("grant_type", "client_credentials"), ("scope", scope))).Ok().Json;
}
