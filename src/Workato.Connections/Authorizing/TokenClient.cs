using Duende.IdentityModel;
using Duende.IdentityModel.Client;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Secrets;

namespace Workato.Connections.Authorizing;

/// <summary>Asks token endpoints (RFC 6749 section 3.2). Never throws for anything the app or the network does.</summary>
public sealed class TokenClient(OAuthHttp http, TimeProvider time)
{
    /// <summary>Redeems what the browser brought back (section 4.1.3).</summary>
    public Task<TokenOutcome> RedeemAsync(OpenCredentials of, string code, string redirectUri, string? verifier, CancellationToken cancel)
    {
        var parameters = new Parameters { { OidcConstants.TokenRequest.Code, code }, { OidcConstants.TokenRequest.RedirectUri, redirectUri } };
        if (verifier is not null) parameters.Add(OidcConstants.TokenRequest.CodeVerifier, verifier);
        return AskAsync(of, Terms(of).TokenUrl, OidcConstants.GrantTypes.AuthorizationCode, parameters, null, cancel);
    }

    /// <summary>Gets new tokens: for the refresh token (section 6), or as the first were got where no person is needed.</summary>
    public Task<TokenOutcome> RenewAsync(OpenCredentials of, CancellationToken cancel)
    {
        if (of.Way.Placement.OAuth2 is { NeedsConsent: false }) return AcquireAsync(of, cancel);
        return of is { Tokens.RefreshToken: { } refresh, Way.Placement.OAuth2: { } terms }
            ? AskAsync(of, terms.RefreshUrl ?? terms.TokenUrl, OidcConstants.GrantTypes.RefreshToken, new() { { OidcConstants.TokenRequest.RefreshToken, refresh.Reveal() } }, of.Tokens, cancel)
            : Task.FromResult<TokenOutcome>(new TokenOutcome.Refused("no_refresh_token", TokenWords.NothingToRenewBy(of.Connector.Title), IsFinal: true));
    }

    /// <summary>Gets tokens where no person needs to agree: client credentials (section 4.4) or a signed assertion (RFC 7523).</summary>
    public Task<TokenOutcome> AcquireAsync(OpenCredentials of, CancellationToken cancel)
    {
        var (terms, parameters) = (Terms(of), new Parameters());
        var sent = string.Join(terms.ScopeSeparator, Scopes.Asked(terms, of.Given.Settings));
        if (sent.Length > 0 && terms.Assertion is not { ScopeInClaim: true }) parameters.Add(terms.ScopeParameter, sent);
        if (terms.Grant == Grant.ClientCredentials) return AskAsync(of, terms.TokenUrl, OidcConstants.GrantTypes.ClientCredentials, parameters, of.Tokens, cancel);

        var assertion = Assertions.OfUser(terms.Assertion!, of.Values, terms.TokenUrl.Fill(of.Values.Settings.GetValueOrDefault), sent, time.GetUtcNow());
        if (assertion is null) return Task.FromResult<TokenOutcome>(TokenWords.UnreadableKey(of.Connector.Title));
        parameters.Add(OidcConstants.TokenRequest.Assertion, assertion);
        return AskAsync(of, terms.TokenUrl, OidcConstants.GrantTypes.JwtBearer, parameters, of.Tokens, cancel);
    }

    /// <summary>Asks once. <paramref name="before"/>: the tokens so far, of which the app repeats only what changes.</summary>
    internal async Task<TokenOutcome> AskAsync(OpenCredentials of, Template address, string grant, Parameters parameters, Tokens? before, CancellationToken cancel)
    {
        var (app, terms, values) = (of.Connector.Title, Terms(of), of.Values);
        var client = OAuthClient.Of(of.Way.Placement, values);
        if (terms.Grant != Grant.JwtBearer && client is null) return new TokenOutcome.Refused("invalid_client", TokenWords.NoClient(app), IsFinal: false);

        var hidden = values with { Secrets = values.Secrets.Concat(parameters.Index().Select(p => KeyValuePair.Create($"sent:{p.Index}", new Secret(p.Item.Value)))).ToDictionary() };
        parameters.Add(OidcConstants.TokenRequest.GrantType, grant);
        // Some apps have a grant of their own, which their file says here.
        foreach (var (name, value) in terms.TokenParameters.Select(p => (p.Key, p.Value.Fill(values.Reveal))).Where(p => p.Item2.Length > 0))
            parameters.Add(name, value, ParameterReplaceBehavior.All);
        var url = address.Fill(values.Settings.GetValueOrDefault);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) return new TokenOutcome.InTrouble(TokenWords.NotReached(app, url));
        using var request = http.Request(of, client, url, parameters);
        if (request is null) return TokenWords.UnreadableKey(app);
        try
        {
            using var response = await http.PostAsync(request, cancel);
            var answer = new TokenAnswer(app, terms, new(hidden), time.GetUtcNow())
                .Read((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancel), response.Content.Headers.ContentType?.MediaType, before);
            return answer is TokenOutcome.InTrouble trouble ? trouble with { RetryAfter = response.Headers.RetryAfter?.Delta } : answer;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is OperationCanceledException or HttpRequestException or IOException)
        {
            return OAuthHttp.Failure(app, uri.Host, e);
        }
    }

    private static OAuth2Terms Terms(OpenCredentials of) => of.Way.Placement.OAuth2!;
}
