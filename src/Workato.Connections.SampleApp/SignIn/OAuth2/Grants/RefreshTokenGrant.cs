namespace Workato.Connections.SampleApp.SignIn.OAuth2.Grants;

/// <summary>New tokens for old (RFC 6749, 6).</summary>
internal sealed class RefreshTokenGrant : IGrant
{
    public string Type => "refresh_token";

    public (IssuedTokens? Tokens, OAuth2Error? Problem) Redeem(GrantRequest request)
    {
        if (request.Form["refresh_token"] is not { } secret) return (null, OAuth2Error.InvalidRequest("refresh_token is missing."));

        // Without a new one in the answer the old one stays good: anything else would lock the client out.
        var rotation = Rotation.Find(request.GivesRefreshTokens ? request.OAuth.Settings.Rotation : "keep")!;
        var asked = request.Form["scope"] is { } scope ? Scopes.Split(scope) : null;
        return request.OAuth.Tokens.Redeem(secret, request.Client!.Id, asked, rotation, request.ExpiresAt);
    }
}
