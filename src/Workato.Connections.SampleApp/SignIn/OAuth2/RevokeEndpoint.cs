namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>Where clients give tokens back (RFC 7009).</summary>
internal static class RevokeEndpoint
{
    public static void MapRevoke(this IEndpointRouteBuilder app) => app.MapPost(Server.Revoke, RevokeAsync);

    private static async Task<IResult> RevokeAsync(HttpContext context, SampleAppState state, TimeProvider clock)
    {
        var oauth = state.OAuth2;
        if (await Parameters.OfFormAsync(context.Request) is not { } form) return OAuth2Error.InvalidRequest("Send a form.");

        var (client, refusal) = ClientAuthentication.Check(context, form, oauth, clock.GetUtcNow());
        if (client is null) return refusal!;
        if (form["token"] is not { } token) return OAuth2Error.InvalidRequest("token is missing.");

        // RFC 7009, 2.2: a token nobody knows is as good as revoked.
        return oauth.Tokens.Revoke(token, client.Id) is false
            ? new OAuth2Error("unauthorized_client", "The token is another client's.")
            : Results.Ok();
    }
}
