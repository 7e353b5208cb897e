namespace Workato.Connections.SampleApp.SignIn.OAuth2.Grants;

/// <summary>A signed JWT names the account to act as, as service accounts do (RFC 7523, 2.1).</summary>
internal sealed class JwtBearerGrant : IGrant
{
    public const string Name = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    public string Type => Name;

    public (IssuedTokens? Tokens, OAuth2Error? Problem) Redeem(GrantRequest request)
    {
        if (Jwt.Read(request.Form["assertion"]) is not { } jwt) return (null, OAuth2Error.InvalidRequest("assertion must be a signed JWT."));
        if (jwt.Issuer is not { } issuer || request.OAuth.Keys.Find(issuer) is not { } key)
            return (null, OAuth2Error.InvalidGrant("No public key is registered for the assertion's iss."));
        if (request.Client is { } client && client.Id != issuer)
            return (null, OAuth2Error.InvalidGrant("The assertion's iss is not the client."));
        if (jwt.Check(key, Server.Audiences(request.Context), request.OAuth.SeenJwts, request.Now) is { } problem)
            return (null, OAuth2Error.InvalidGrant(problem));

        // Google takes the scopes out of the JWT, others out of the form.
        return request.Accounts.ByUsername(jwt.Subject) is { } account
            ? request.ForProgram(account.Username, issuer, request.Form["scope"] ?? jwt.Scope)
            : (null, OAuth2Error.InvalidGrant("There is no account of the name in sub."));
    }
}
