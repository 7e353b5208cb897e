using System.Text.Json;
using System.Text.Json.Nodes;
using Workato.Connections.SampleApp.SignIn.Keys;
using Workato.Connections.SampleApp.SignIn.OAuth2;

namespace Workato.Connections.SampleApp.Control;

/// <summary>Where the OAuth 2.0 server is told how to behave and says what it did. Every change answers with the new state.</summary>
internal static class OAuth2Control
{
    public static void MapOAuth2Control(this IEndpointRouteBuilder control)
    {
        var oauth = control.MapGroup("/oauth2");
        oauth.MapGet("", Show);
        oauth.MapPut("", ChangeAsync);
        oauth.MapPost("/revoke", (HttpRequest request, SampleAppState state, TimeProvider clock) =>
            ForAccountAsync(request, state, clock, (tokens, username, _) => tokens.RevokeAccount(username)));
        oauth.MapPost("/expire", (HttpRequest request, SampleAppState state, TimeProvider clock) =>
            ForAccountAsync(request, state, clock, (tokens, username, now) => tokens.ExpireAccount(username, now)));
        oauth.MapPost("/public-key", RegisterKeyAsync);
    }

    // Settings and counters side by side.
    private static IResult Show(SampleAppState state, TimeProvider clock)
    {
        var oauth = state.OAuth2;
        var shown = JsonSerializer.SerializeToNode(oauth.Settings, Answers.Options)!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(oauth.Tokens.Tally, Answers.Options)!.AsObject()) shown[name] = value?.DeepClone();
        shown["tokens_live"] = oauth.Tokens.CountLive(clock.GetUtcNow());
        shown["public_keys"] = new JsonArray([.. oauth.Keys.Owners.Select(owner => JsonValue.Create(owner))]);
        return Answers.Json(shown);
    }

    private static async Task<IResult> ChangeAsync(HttpRequest request, SampleAppState state, TimeProvider clock)
    {
        var oauth = state.OAuth2;
        var (settings, problem) = await SettingsPatch.ReadAsync(request, oauth.Settings);
        if ((problem ?? settings!.Check()) is { } wrong) return wrong;

        oauth.Settings = settings!;
        return Show(state, clock);
    }

    private static async Task<IResult> ForAccountAsync(
        HttpRequest request, SampleAppState state, TimeProvider clock, Action<TokenVault, string, DateTimeOffset> change)
    {
        if ((await Answers.ReadAsync<ForAccount>(request))?.Username is not { } username) return Answers.Invalid("username", "username is missing.");
        if (state.Accounts.ByUsername(username) is null) return Answers.NotFound($"There is no account {username}.");

        change(state.OAuth2.Tokens, username, clock.GetUtcNow());
        return Show(state, clock);
    }

    private static async Task<IResult> RegisterKeyAsync(HttpRequest request, SampleAppState state, TimeProvider clock)
    {
        var wish = await Answers.ReadAsync<Registration>(request);
        if (Client.Find(wish?.ClientId) is not { } client) return Answers.Invalid("client_id", $"client_id must be one of {string.Join(", ", Client.All.Select(c => c.Id))}.");
        if (PublicKey.Read(wish!.PublicKey) is not { } key) return Answers.Invalid("public_key", "public_key must be a public RSA or EC key: PEM as a text, or a JWK.");

        state.OAuth2.Keys.Register(client.Id, key);
        return Show(state, clock);
    }

    private sealed record ForAccount(string? Username);

    private sealed record Registration(string? ClientId, JsonElement PublicKey);
}
