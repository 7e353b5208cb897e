namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>Takes an authorization request from the client itself, so that it does not travel through a browser (RFC 9126).</summary>
internal static class PushEndpoint
{
    public static void MapPush(this IEndpointRouteBuilder app) => app.MapPost(Server.Push, PushAsync);

    private static async Task<IResult> PushAsync(HttpContext context, SampleAppState state, TimeProvider clock)
    {
        var (oauth, now) = (state.OAuth2, clock.GetUtcNow());
        if (await Parameters.OfFormAsync(context.Request) is not { } form) return OAuth2Error.InvalidRequest("Send a form.");
        // RFC 9126, 2.1: a pushed request may not point to another.
        if (form["request_uri"] is not null) return OAuth2Error.InvalidRequest("request_uri has no place here.");

        var (client, refusal) = ClientAuthentication.Check(context, form, oauth, now);
        if (client is null) return refusal!;

        var (request, problem) = AuthorizationRequest.Read(form, oauth.Settings);
        if (request is null) return problem!.Error;
        if (request.Client != client) return OAuth2Error.InvalidRequest("client_id is another client's.");

        return Answers.Json(new
        {
            RequestUri = oauth.Pushed.Put(request, now, "urn:ietf:params:oauth:request_uri:"),
            ExpiresIn = (int)OAuth2State.PushedLife.TotalSeconds,
        }, StatusCodes.Status201Created);
    }
}
