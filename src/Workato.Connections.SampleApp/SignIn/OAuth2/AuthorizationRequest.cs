namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>What a client asks a person to allow (RFC 6749, 4.1.1), after it was checked.</summary>
internal sealed record AuthorizationRequest(
    Client Client, string RedirectUri, string? State, IReadOnlyList<string> Scopes, string? CodeChallenge)
{
    /// <summary>The request, or what is wrong with it.</summary>
    public static (AuthorizationRequest? Request, AuthorizationProblem? Problem) Read(Parameters sent, OAuth2Settings settings)
    {
        // Whatever is wrong with client or address stays here: a redirect would go to a stranger (RFC 6749, 4.1.2.1).
        if (Client.Find(sent["client_id"]) is not { } client)
            return (null, new(new("unauthorized_client", "The app knows no such client_id."), null, null));
        if (sent["redirect_uri"] is not { } redirectUri || !RedirectUris.Allow(redirectUri, settings.RedirectUris))
            return (null, new(new("redirect_uri_mismatch", $"The redirect_uri is not registered for {client.Id}."), null, null));

        var scopes = OAuth2.Scopes.Split(sent["scope"]);
        var error = sent.Repeated is { } twice ? OAuth2Error.InvalidRequest($"{twice} came more than once.")
            : sent["response_type"] is not { } type ? OAuth2Error.InvalidRequest("response_type is missing.")
            : type != "code" ? new("unsupported_response_type", "response_type must be code.")
            : sent["response_mode"] is not (null or "query") ? OAuth2Error.InvalidRequest("response_mode must be query.")
            : !OAuth2.Scopes.AreKnown(scopes) ? OAuth2Error.InvalidScope()
            : Pkce.CheckChallenge(sent["code_challenge"], sent["code_challenge_method"], required: client.IsPublic);
        return error is null
            ? (new(client, redirectUri, sent["state"], scopes, sent["code_challenge"]), null)
            : (null, new(error, redirectUri, sent["state"]));
    }
}

/// <summary>What is wrong, and where the browser may be sent with it; without an address it stays here.</summary>
internal sealed record AuthorizationProblem(OAuth2Error Error, string? RedirectUri, string? State);
