namespace Workato.Connections.SampleApp.SignIn.OAuth2.Grants;

/// <summary>A person allowed it in a browser (RFC 6749, 4.1.3).</summary>
internal sealed class AuthorizationCodeGrant : IGrant
{
    public string Type => "authorization_code";

    public (IssuedTokens? Tokens, OAuth2Error? Problem) Redeem(GrantRequest request)
    {
        var (code, problem) = request.OAuth.Codes.Redeem(request.Form["code"], request.Client!.Id, request.OAuth.Tokens, request.Now);
        if (code is null) return (null, problem);
        if (code.Request.RedirectUri != request.Form["redirect_uri"])
            return (null, OAuth2Error.InvalidGrant("redirect_uri is not the one the code was asked with."));

        return Pkce.CheckVerifier(code.Request.CodeChallenge, request.Form["code_verifier"]) is { } mismatch
            ? (null, mismatch)
            : (request.OAuth.Tokens.IssueForCode(code.Family, request.ExpiresAt, request.GivesRefreshTokens), null);
    }
}
