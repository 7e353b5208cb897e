using System.Globalization;
using System.Text.Json.Nodes;
using Workato.Connections.SampleApp.Misbehaving;
using Workato.Connections.SampleApp.SignIn.OAuth2.Grants;

namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>Where clients get their tokens (RFC 6749, 3.2).</summary>
internal static class TokenEndpoint
{
    public static IReadOnlyList<IGrant> Grants { get; } =
        [new AuthorizationCodeGrant(), new RefreshTokenGrant(), new ClientCredentialsGrant(), new JwtBearerGrant(), new DeviceCodeGrant()];

    public static void MapToken(this IEndpointRouteBuilder app) => app.MapPost(Server.Token, AnswerAsync);

    private static async Task<IResult> AnswerAsync(HttpContext context, SampleAppState state, TimeProvider clock)
    {
        var oauth = state.OAuth2;
        var settings = oauth.Settings;
        var mode = TokenModes.Find(settings.TokenMode);
        var delay = TimeSpan.FromMilliseconds(settings.TokenDelayMs);

        // Read before any waiting: what arrived has arrived. With the redemption first, even if its sender is killed meanwhile.
        var form = await Parameters.OfFormAsync(context.Request);
        var answersUnread = mode.AnswersUnread || (mode.Name == "hang" && !settings.DelayAfterRedemption);
        // Who waits before redeeming looks first whether anybody still waits for the answer: a client that died has lost nothing.
        if ((answersUnread || !settings.DelayAfterRedemption) && !await Pause.ForAsync(context, delay)) return Results.Empty;
        if (answersUnread) return await mode.Answer(context, []);

        var (tokens, problem) = Redeem(context, form, state, oauth, clock.GetUtcNow());
        if (settings.DelayAfterRedemption) await Pause.ForAsync(context, delay);
        return tokens is null ? problem! : await mode.Answer(context, Write(tokens, settings));
    }

    private static (IssuedTokens?, OAuth2Error?) Redeem(HttpContext context, Parameters? form, SampleAppState state, OAuth2State oauth, DateTimeOffset now)
    {
        if (form is null) return (null, OAuth2Error.InvalidRequest("Send a form (application/x-www-form-urlencoded)."));
        if (form.Repeated is { } twice) return (null, OAuth2Error.InvalidRequest($"{twice} came more than once."));
        if (form["grant_type"] is not { } type) return (null, OAuth2Error.InvalidRequest("grant_type is missing."));
        if (Grants.FirstOrDefault(grant => grant.Type == type) is not { } grant)
            return (null, new("unsupported_grant_type", $"grant_type must be one of {string.Join(", ", Grants.Select(each => each.Type))}."));

        // RFC 7523, 2.1: an assertion may stand alone, since only the client can have signed it.
        if (grant is JwtBearerGrant && form["client_id"] is null && form["client_assertion"] is null && context.Request.Headers.Authorization.Count == 0)
            return grant.Redeem(new(context, form, null, state.Accounts, oauth, now));

        var (client, problem) = ClientAuthentication.Check(context, form, oauth, now);
        return client is null ? (null, problem) : grant.Redeem(new(context, form, client, state.Accounts, oauth, now));
    }

    private static JsonObject Write(IssuedTokens tokens, OAuth2Settings settings)
    {
        var answer = new JsonObject { ["access_token"] = tokens.AccessToken, ["token_type"] = "Bearer", ["scope"] = string.Join(' ', tokens.Scopes) };
        if (tokens.RefreshToken is { } refresh) answer["refresh_token"] = refresh;
        if (settings.SendExpiresIn)
            answer["expires_in"] = settings.ExpiresInAsText ? settings.AccessTokenSeconds.ToString(CultureInfo.InvariantCulture) : settings.AccessTokenSeconds;
        return answer;
    }
}
