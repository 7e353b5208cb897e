namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>An access token in every request (RFC 6750, 2.1).</summary>
internal sealed class OAuth2SignIn(SampleAppState state, TimeProvider clock) : ISignInMethod
{
    private const string Problem = "The access token has expired, was revoked, or never was one.";

    public string Name => "oauth2";

    public string Challenge => "Bearer realm=\"Sample app\"";

    public ValueTask<SignInAnswer?> CheckAsync(HttpRequest request) => new(Check(request));

    private SignInAnswer? Check(HttpRequest request)
    {
        if (AuthorizationHeader.Read(request, "Bearer") is not { } secret || !secret.StartsWith(TokenVault.Prefix, StringComparison.Ordinal)) return null;

        var token = state.OAuth2.Tokens.FindLive(secret, clock.GetUtcNow());
        return new(state.Accounts.ByUsername(token?.Family.Username), Problem)
        {
            Scopes = token?.Scopes,
            Challenge = $"{Challenge}, error=\"invalid_token\", error_description=\"{Problem}\"",
        };
    }
}
