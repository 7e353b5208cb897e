namespace Workato.Connections.SampleApp.SignIn.OAuth2.Grants;

/// <summary>One way to get tokens.</summary>
internal interface IGrant
{
    /// <summary>What clients send as <c>grant_type</c>.</summary>
    string Type { get; }

    /// <summary>Tokens, or why there are none.</summary>
    (IssuedTokens? Tokens, OAuth2Error? Problem) Redeem(GrantRequest request);
}

/// <summary>A request for tokens.</summary>
/// <param name="Context">Where it came.</param>
/// <param name="Form">What it says.</param>
/// <param name="Client">Who sent it, and proved it; null only where the grant itself is the proof.</param>
/// <param name="Accounts">Who there is to act as.</param>
/// <param name="OAuth">What the server remembers.</param>
/// <param name="Now">When.</param>
internal sealed record GrantRequest(
    HttpContext Context, Parameters Form, Client? Client, Accounts.AccountBook Accounts, OAuth2State OAuth, DateTimeOffset Now)
{
    public DateTimeOffset ExpiresAt => Now.AddSeconds(OAuth.Settings.AccessTokenSeconds);

    /// <summary>Whether there are refresh tokens at present.</summary>
    public bool GivesRefreshTokens => OAuth.Settings.TokenMode != TokenModes.NoRefreshToken.Name;

    /// <summary>Tokens for a client that acts without a person. It can ask again whenever it likes, and so gets no refresh token.</summary>
    public (IssuedTokens?, OAuth2Error?) ForProgram(string username, string clientId, string? scope)
    {
        var scopes = Scopes.Split(scope);
        return Scopes.AreKnown(scopes)
            ? (OAuth.Tokens.Issue(new(username, clientId, OAuth.Settings.GrantScopes ?? scopes), ExpiresAt, refreshable: false), null)
            : (null, OAuth2Error.InvalidScope());
    }
}
