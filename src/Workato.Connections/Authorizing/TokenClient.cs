using Duende.IdentityModel;
using Duende.IdentityModel.Client;
using Workato.Connections.Answers;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Egress;
using Workato.Connections.Secrets;

namespace Workato.Connections.Authorizing;

/// <summary>Asks token endpoints (RFC 6749 section 3.2). Never throws for anything the app or the network does.</summary>
public sealed class TokenClient(AppHttp http, TimeProvider time) : IDisposable
{
    /// <summary>How long a token endpoint may take. Some take a minute; who gives up too early may lose a token that was issued.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    private readonly HttpMessageInvoker bounded = new(new BoundedAnswers(http.Invoker));

    /// <summary>Redeems what the browser brought back (section 4.1.3).</summary>
    public Task<TokenOutcome> RedeemAsync(OpenCredentials of, string code, string redirectUri, string? verifier, CancellationToken cancel)
    {
        var parameters = new Parameters { { OidcConstants.TokenRequest.Code, code }, { OidcConstants.TokenRequest.RedirectUri, redirectUri } };
        if (verifier is not null) parameters.Add(OidcConstants.TokenRequest.CodeVerifier, verifier);
        return AskAsync(of, Terms(of).TokenUrl, OidcConstants.GrantTypes.AuthorizationCode, parameters, new() { ["code"] = new(code), ["verifier"] = new(verifier ?? code) }, null, cancel);
    }

    /// <summary>Gets new tokens: for the refresh token (section 6), or as the first were got where no person is needed.</summary>
    public Task<TokenOutcome> RenewAsync(OpenCredentials of, CancellationToken cancel)
    {
        var terms = Terms(of);
        if (!terms.NeedsConsent) return AcquireAsync(of, cancel);
        return of.Tokens?.RefreshToken is { } refresh
            ? AskAsync(of, terms.RefreshUrl ?? terms.TokenUrl, OidcConstants.GrantTypes.RefreshToken, new() { { OidcConstants.TokenRequest.RefreshToken, refresh.Reveal() } }, [], of.Tokens, cancel)
            : Task.FromResult<TokenOutcome>(new TokenOutcome.Refused(
                "no_refresh_token", $"The permission has ended, and {of.Connector.Title} gave nothing to renew it by. Connect again; if it ends again, ask for offline access among the permissions.", IsFinal: true));
    }

    /// <summary>Gets tokens where no person needs to agree: client credentials (section 4.4) or a signed assertion (RFC 7523).</summary>
    public Task<TokenOutcome> AcquireAsync(OpenCredentials of, CancellationToken cancel)
    {
        var (terms, parameters) = (Terms(of), new Parameters());
        var scopes = Scopes.Asked(terms, of.Given.Settings);
        var sent = string.Join(terms.ScopeSeparator, scopes);
        if (sent.Length > 0 && terms.Assertion is not { ScopeInClaim: true }) parameters.Add(terms.ScopeParameter, sent);
        if (terms.Grant == Grant.ClientCredentials) return AskAsync(of, terms.TokenUrl, OidcConstants.GrantTypes.ClientCredentials, parameters, [], of.Tokens, cancel);

        var assertion = Assertions.OfUser(terms.Assertion!, of.Values, terms.TokenUrl.Fill(of.Values.Settings.GetValueOrDefault), sent, time.GetUtcNow());
        if (assertion is null) return Task.FromResult<TokenOutcome>(NoKey(of));
        parameters.Add(OidcConstants.TokenRequest.Assertion, assertion);
        return AskAsync(of, terms.TokenUrl, OidcConstants.GrantTypes.JwtBearer, parameters, new() { ["assertion"] = new(assertion) }, of.Tokens, cancel);
    }

    /// <summary>Asks once. <paramref name="secrets"/>: what the app may not repeat to anybody; <paramref name="before"/>: the tokens so far.</summary>
    internal async Task<TokenOutcome> AskAsync(
        OpenCredentials of, Template address, string grant, Parameters parameters, Dictionary<string, Secret> secrets, Tokens? before, CancellationToken cancel)
    {
        var (app, terms, values) = (of.Connector.Title, Terms(of), of.Values);
        var client = OAuthClient.Of(of.Way.Placement, values);
        if (terms.Grant != Grant.JwtBearer && client is null) return new TokenOutcome.Refused("invalid_client", $"There is no OAuth app for {app} yet. Choose or add one.", IsFinal: false);

        foreach (var (name, value) in terms.TokenParameters) parameters.Add(name, value.Fill(values.Reveal));
        var url = address.Fill(values.Settings.GetValueOrDefault);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) return new TokenOutcome.InTrouble(TokenWords.NotReached(app, url));
        using var request = new TokenRequest { Address = url, GrantType = grant, Parameters = parameters };
        if (client is not null && !Authenticate(request, terms, client, url)) return NoKey(of);

        using var timeout = new CancellationTokenSource(Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            var response = await bounded.RequestTokenAsync(request, both.Token);
            cancel.ThrowIfCancellationRequested();
            if (response.HttpResponse is not { } http) return Failed(app, uri.Host, response.Exception);
            using (http)
            {
                var hidden = new FieldValues(values.Settings, values.Secrets.Concat(secrets).ToDictionary());
                var answer = new TokenAnswer(app, terms, new(hidden), time.GetUtcNow())
                    .Read((int)http.StatusCode, await http.Content.ReadAsByteArrayAsync(both.Token), http.Content.Headers.ContentType?.MediaType, before);
                return answer is TokenOutcome.InTrouble trouble ? trouble with { RetryAfter = http.Headers.RetryAfter?.Delta } : answer;
            }
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is OperationCanceledException or HttpRequestException or IOException)
        {
            return Failed(app, uri.Host, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => bounded.Dispose();

    private bool Authenticate(TokenRequest request, OAuth2Terms terms, OAuthClient client, string url)
    {
        request.ClientId = client.Id;
        request.ClientCredentialStyle = terms.ClientAuthentication == ClientAuthentication.Basic ? ClientCredentialStyle.AuthorizationHeader : ClientCredentialStyle.PostBody;
        // RFC 6749 section 2.3.1: encoded before it is put into the header.
        request.AuthorizationHeaderStyle = BasicAuthenticationHeaderStyle.Rfc6749;
        if (terms.ClientAuthentication is ClientAuthentication.Basic or ClientAuthentication.Body) request.ClientSecret = client.Secret?.Reveal();
        if (terms.ClientAuthentication != ClientAuthentication.PrivateKeyJwt) return true;
        if (Assertions.OfClient(client, url, time.GetUtcNow()) is not { } assertion) return false;
        request.ClientAssertion = new() { Type = OidcConstants.ClientAssertionTypes.JwtBearer, Value = assertion };
        return true;
    }

    // Where the connection was never made, nothing was used up. Anything later, and nobody knows.
    internal static TokenOutcome Failed(string app, string host, Exception? e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is EgressRefusedException refused) return new TokenOutcome.InTrouble(refused.Message + ".");
            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError })
                return new TokenOutcome.InTrouble(TokenWords.NotReached(app, host));
        }

        return new TokenOutcome.Unknown(TokenWords.NoAnswer(app));
    }

    private static TokenOutcome.Refused NoKey(OpenCredentials of) =>
        new("invalid_key", $"The private key for {of.Connector.Title} cannot be read. It must be an RSA key in PEM, beginning with -----BEGIN PRIVATE KEY-----.", IsFinal: false);

    private static OAuth2Terms Terms(OpenCredentials of) => of.Way.Placement.OAuth2!;
}
