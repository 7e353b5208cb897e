using Duende.IdentityModel;
using Duende.IdentityModel.Client;
using Workato.Connections.Answers;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Diagnosing;
using Workato.Connections.Egress;
using Workato.Connections.Secrets;

namespace Workato.Connections.Authorizing;

/// <summary>Asks token endpoints (RFC 6749 section 3.2). Never throws for anything the app or the network does.</summary>
public sealed class TokenClient(OAuthHttp http, EgressRules egress, TimeProvider time)
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
            : Task.FromResult(new TokenOutcome.Refused("no_refresh_token", TokenWords.NothingToRenewBy(of.Connector.Title), IsFinal: true).Because(Causes.PermissionExpired));
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
        if (terms.Grant != Grant.JwtBearer && client is null) return new TokenOutcome.Refused("invalid_client", TokenWords.NoClient(app), IsFinal: false).Because(Causes.ClientRejected);

        var secrets = parameters.Where(p => !IsOpen(terms, p.Key)).Select(p => p.Value).ToList();
        parameters.Add(OidcConstants.TokenRequest.GrantType, grant);
        // Some apps have a grant of their own, which their file says here.
        foreach (var (name, value) in terms.TokenParameters.Select(p => (p.Key, p.Value.Fill(values.Reveal))).Where(p => p.Item2.Length > 0))
            parameters.Add(name, value, ParameterReplaceBehavior.All);
        var url = address.Fill(values.Settings.GetValueOrDefault);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http")) return new TokenOutcome.InTrouble(TokenWords.NotReached(app, url)).Because(Causes.WrongAddress);
        using var request = http.Request(of, client, url, parameters);
        if (request is null) return TokenWords.UnreadableKey(app);
        secrets.AddRange(new[] { client?.Secret?.Reveal(), request.ClientAssertion?.Value }.OfType<string>());
        try
        {
            using var response = await http.PostAsync(request, cancel);
            var (now, redaction) = (time.GetUtcNow(), new Redaction(Hiding(values, secrets), request));
            var answer = new TokenAnswer(app, terms, redaction, now) { Host = uri.Host, Headers = AnswerHeaders.Of(response), Rules = of.Connector.Diagnosis }
                .Read((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancel), response.Content.Headers.ContentType?.MediaType, before);
            return answer switch
            {
                TokenOutcome.InTrouble trouble => trouble with { RetryAfter = RetryAfter(response, now) },
                // What is learned first is judged when all of it is there; what comes later must not undo that.
                TokenOutcome.Granted granted when before is not null => granted with { Tokens = LearnedRules.Keep(granted.Tokens, before, of.Way, egress) },
                _ => answer,
            };
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is OperationCanceledException or HttpRequestException or IOException)
        {
            return OAuthHttp.Failure(app, uri.Host, e);
        }
    }

    // RFC 9110 section 10.2.3: a number of seconds, or a date.
    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    // An endpoint repeats these where they are what it does not like, and a person must be able to read it.
    private static bool IsOpen(OAuth2Terms terms, string parameter) => parameter == OidcConstants.TokenRequest.RedirectUri || parameter == terms.ScopeParameter;

    private static FieldValues Hiding(FieldValues values, IEnumerable<string> secrets) =>
        values with { Secrets = values.Secrets.Concat(secrets.Index().Select(s => KeyValuePair.Create($"sent:{s.Index}", new Secret(s.Item)))).ToDictionary() };

    private static OAuth2Terms Terms(OpenCredentials of) => of.Way.Placement.OAuth2!;
}
