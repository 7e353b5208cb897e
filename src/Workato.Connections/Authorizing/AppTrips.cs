using Workato.Connections.AuthMethods;

namespace Workato.Connections.Authorizing;

/// <summary>The trip to an app and back, by OAuth 2.0 (RFC 6749 section 4.1) or OAuth 1.0 (RFC 5849 section 2).</summary>
public sealed class AppTrips(AuthorizationRequests requests, TokenClient tokens, OAuth1Client oauth1)
{
    /// <summary>What a callback is recognised by: the state, the temporary token with OAuth 1.0.</summary>
    public static string? StateOf(IReadOnlyDictionary<string, string> callback) =>
        callback.GetValueOrDefault("state") ?? callback.GetValueOrDefault("oauth_token") ?? callback.GetValueOrDefault("denied");

    /// <summary>Where to send the person and what to remember meanwhile.</summary>
    internal async Task<Result<Departed>> BeginAsync(OpenCredentials of, string callbackUrl, CancellationToken cancel)
    {
        if (of.Way.Placement.OAuth2 is not { } terms) return await BeginOAuth1Async(of, callbackUrl, cancel);
        var (state, verifier) = (AuthorizationAttempts.NewSecret(), AuthorizationRequests.NewVerifier(terms));
        var address = await requests.AddressAsync(of, state, callbackUrl, verifier, cancel);
        return address.Refusal is { } refusal ? refusal : new Departed(address.Value!, state, verifier, null);
    }

    /// <summary>The tokens for what the person came back with.</summary>
    internal async Task<TokenOutcome> EndAsync(OpenCredentials of, Intent intent, IReadOnlyDictionary<string, string> callback, CancellationToken cancel)
    {
        if (CallbackReader.Problem(of, callback) is { } problem) return new TokenOutcome.Refused(callback.GetValueOrDefault("error"), problem.Words, IsFinal: true).Because(problem);
        if (of.Way.Placement.OAuth2 is not null) return await tokens.RedeemAsync(of, callback["code"], intent.RedirectUri, intent.Verifier, cancel);
        var temporary = new Tokens { AccessToken = new(callback["oauth_token"]), TokenSecret = intent.TokenSecret is { } secret ? new(secret) : null };
        return await oauth1.AccessTokenAsync(of, temporary, callback["oauth_verifier"], cancel);
    }

    private async Task<Result<Departed>> BeginOAuth1Async(OpenCredentials of, string callbackUrl, CancellationToken cancel)
    {
        var outcome = await oauth1.RequestTokenAsync(of, callbackUrl, cancel);
        if (outcome is not TokenOutcome.Granted { Tokens: var temporary }) return new Refusal(RefusalKind.Unproved, outcome.Problem!) { Diagnosis = outcome.Diagnosis };
        return OAuth1Client.AuthorizeUrl(of, temporary.AccessToken.Reveal()) is { } address
            ? new Departed(address.AbsoluteUri, temporary.AccessToken.Reveal(), null, temporary.TokenSecret?.Reveal())
            : new Refusal(RefusalKind.Unproved, TokenWords.NotReached(of.Connector.Title, of.Connector.Title));
    }
}

/// <summary>A person can be sent away.</summary>
/// <param name="Address">Where to.</param>
/// <param name="State">What they come back with.</param>
/// <param name="Verifier">The proof key's secret (RFC 7636).</param>
/// <param name="TokenSecret">OAuth 1.0's temporary shared-secret.</param>
internal sealed record Departed(string Address, string State, string? Verifier, string? TokenSecret);
