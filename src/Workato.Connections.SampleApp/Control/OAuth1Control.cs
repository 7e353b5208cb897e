using System.Text.Json;
using System.Text.Json.Nodes;
using Workato.Connections.SampleApp.SignIn.Keys;
using Workato.Connections.SampleApp.SignIn.OAuth1;

namespace Workato.Connections.SampleApp.Control;

/// <summary>Where the OAuth 1.0a server is told how to behave. Every change answers with the new state.</summary>
internal static class OAuth1Control
{
    public static void MapOAuth1Control(this IEndpointRouteBuilder control)
    {
        var oauth = control.MapGroup("/oauth1");
        oauth.MapGet("", Show);
        oauth.MapPut("", ChangeAsync);
        oauth.MapPost("/revoke", RevokeAsync);
        oauth.MapPost("/public-key", RegisterKeyAsync);
    }

    private static IResult Show(SampleAppState state)
    {
        var oauth = state.OAuth1;
        var shown = JsonSerializer.SerializeToNode(oauth.Settings, Answers.Options)!.AsObject();
        shown["tokens_live"] = oauth.TokensLive;
        shown["public_keys"] = new JsonArray([.. oauth.Keys.Owners.Select(owner => JsonValue.Create(owner))]);
        return Answers.Json(shown);
    }

    private static async Task<IResult> ChangeAsync(HttpRequest request, SampleAppState state)
    {
        var oauth = state.OAuth1;
        var (settings, problem) = await SettingsPatch.ReadAsync(request, oauth.Settings);
        if ((problem ?? settings!.Check()) is { } wrong) return wrong;

        oauth.Settings = settings!;
        return Show(state);
    }

    private static async Task<IResult> RevokeAsync(HttpRequest request, SampleAppState state)
    {
        if ((await Answers.ReadAsync<ForAccount>(request))?.Username is not { } username) return Answers.Invalid("username", "username is missing.");
        if (state.Accounts.ByUsername(username) is null) return Answers.NotFound($"There is no account {username}.");

        state.OAuth1.RevokeAccount(username);
        return Show(state);
    }

    private static async Task<IResult> RegisterKeyAsync(HttpRequest request, SampleAppState state)
    {
        var wish = await Answers.ReadAsync<Registration>(request);
        if (Consumer.Find(wish?.ConsumerKey) is not { } consumer) return Answers.Invalid("consumer_key", $"consumer_key must be {Consumer.Sample.Key}.");
        if (PublicKey.Read(wish!.PublicKey) is not { } key) return Answers.Invalid("public_key", "public_key must be a public RSA key: PEM as a text, or a JWK.");

        state.OAuth1.Keys.Register(consumer.Key, key);
        return Show(state);
    }

    private sealed record ForAccount(string? Username);

    private sealed record Registration(string? ConsumerKey, JsonElement PublicKey);
}
