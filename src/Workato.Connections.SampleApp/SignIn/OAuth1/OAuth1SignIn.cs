using Workato.Connections.SampleApp.Accounts;

namespace Workato.Connections.SampleApp.SignIn.OAuth1;

/// <summary>A signature in every request (RFC 5849, 3): with a token it is a person's, without one the consumer's own.</summary>
internal sealed class OAuth1SignIn(SampleAppState state, TimeProvider clock) : ISignInMethod
{
    public const string Realm = "OAuth realm=\"Sample app\"";

    private const string Mark = "oauth_consumer_key";

    public string Name => "oauth1";

    public string Challenge => Realm;

    public async ValueTask<SignInAnswer?> CheckAsync(HttpRequest request)
    {
        if (!await IsSignedAsync(request)) return null;

        var oauth = state.OAuth1;
        var (proven, problem) = await SignatureCheck.CheckAsync(request, oauth, oauth.Time(clock), token => oauth.FindToken(token) switch
        {
            null => (null, OAuth1Problem.Refused("token_rejected", "The token is not known.")),
            { IsRevoked: true } => (null, OAuth1Problem.Refused("token_revoked", "The permission was taken back.")),
            var known => (known, null),
        });
        var username = proven?.Credential is TokenCredential credential ? credential.Username : AccountBook.Bot;
        return proven is not null
            ? new(state.Accounts.ByUsername(username), "The account is gone.")
            : new(null, $"oauth_problem={problem!.Problem}: {problem.Advice}") { Challenge = problem.Challenge };
    }

    // A body is read only where nothing else says who it is.
    private static async Task<bool> IsSignedAsync(HttpRequest request) => RequestReader.Header(request) is not null
        || (request.Headers.Authorization.Count == 0 && (request.Query.ContainsKey(Mark)
            || (!request.Headers.ContainsKey(ApiKeySignIn.Header) && RequestReader.IsForm(request)
                && (await RequestReader.ReadAsync(request)).Parameters.Any(parameter => parameter.Name == Mark))));
}
