using System.Net.Http.Headers;
using Workato.Connections.Answers;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth1;
using Workato.Connections.Diagnosing;
using Workato.Connections.Egress;
using Workato.Connections.Secrets;

namespace Workato.Connections.Authorizing;

/// <summary>The three steps of OAuth 1.0 with a person in the middle (RFC 5849 section 2). Never throws for anything the app or the network does.</summary>
public sealed class OAuth1Client(AppHttp http, TimeProvider time) : IDisposable
{
    private readonly HttpMessageInvoker bounded = new(new BoundedAnswers(http.Invoker));

    /// <summary>Gets temporary credentials (section 2.1). They are secret, worth nothing before the person agreed, and needed again in <see cref="AccessTokenAsync"/>.</summary>
    public Task<TokenOutcome> RequestTokenAsync(OpenCredentials of, string callbackUrl, CancellationToken cancel) =>
        AskAsync(of, Terms(of).RequestTokenUrl, signing => signing with { Extra = [(ProtocolParameters.Callback, callbackUrl)] }, OAuth1Step.RequestToken, null, cancel);

    /// <summary>Where the person is sent with the temporary token (section 2.2); null where the settings make no address.</summary>
    public static Uri? AuthorizeUrl(OpenCredentials of, string temporaryToken)
    {
        var (terms, settings) = (Terms(of), of.Values.Settings);
        if (!Uri.TryCreate(terms.AuthorizeUrl?.Fill(settings.GetValueOrDefault), UriKind.Absolute, out var address)) return null;
        var parameters = terms.AuthorizeParameters.Select(p => (p.Key, p.Value.Fill(settings.GetValueOrDefault))).Append((ProtocolParameters.Token, temporaryToken))
            .Select(p => (ParameterEncoding.Encode(p.Item1), ParameterEncoding.Encode(p.Item2)));
        return RequestQuery.Replace(address, FormText.OfQuery(address).With(parameters).Text);
    }

    /// <summary>Gets the token for what the browser brought back (section 2.3).</summary>
    /// <param name="of">What the connection is made with.</param>
    /// <param name="temporary">What <see cref="RequestTokenAsync"/> granted.</param>
    /// <param name="verifier">The callback's <c>oauth_verifier</c>.</param>
    /// <param name="cancel">Stops waiting for the app.</param>
    public Task<TokenOutcome> AccessTokenAsync(OpenCredentials of, Tokens temporary, string verifier, CancellationToken cancel) => AskAsync(
        of, Terms(of).AccessTokenUrl,
        signing => signing with { Token = temporary.AccessToken, Keys = signing.Keys with { TokenSecret = temporary.TokenSecret }, Extra = [(ProtocolParameters.Verifier, verifier)] },
        OAuth1Step.AccessToken, new() { ["temporary"] = temporary.AccessToken, ["temporary_secret"] = temporary.TokenSecret ?? temporary.AccessToken, ["verifier"] = new(verifier) }, cancel);

    /// <inheritdoc/>
    public void Dispose() => bounded.Dispose();

    private async Task<TokenOutcome> AskAsync(
        OpenCredentials of, Template? address, Func<OAuth1Credentials, OAuth1Credentials> otherwise, OAuth1Step step, Dictionary<string, Secret>? secrets, CancellationToken cancel)
    {
        var app = of.Connector.Title;
        if (!Uri.TryCreate(address?.Fill(of.Values.Settings.GetValueOrDefault), UriKind.Absolute, out var uri)) return new TokenOutcome.InTrouble(TokenWords.NotReached(app, address?.Text ?? app)).Because(Causes.WrongAddress);
        // Whoever had tokens before gets new ones as somebody who has none.
        var signing = otherwise(((OAuth1Method)of.Way.Method).Sign(of.Way.Placement, of.Given.With(of.Profile)) with { Token = null });
        if (signing.ConsumerKey.Length == 0) return new TokenOutcome.Refused("consumer_key_unknown", TokenWords.NoClient(app), IsFinal: false).Because(Causes.ClientRejected);
        if (!signing.Method.Accepts(signing.Keys)) return new TokenOutcome.Refused("invalid_key", OAuth1Words.NoKey(app), IsFinal: false).Because(Causes.Unreadable);

        using var timeout = new CancellationTokenSource(OAuthHttp.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        var hidden = new FieldValues(of.Values.Settings, of.Values.Secrets.Concat(secrets ?? []).ToDictionary());
        var answer = new OAuth1Answer(app, step, new(hidden), Terms(of).TokenLifetime, time.GetUtcNow()) { Host = uri.Host, Rules = of.Connector.Diagnosis };
        try
        {
            return await SendAsync(signing, uri, answer, both.Token);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is OperationCanceledException or HttpRequestException or IOException)
        {
            return OAuthHttp.Failure(app, uri.Host, e);
        }
    }

    // Twice where the app refuses the time and says what its own is: nothing was used up by that.
    private async Task<TokenOutcome> SendAsync(OAuth1Credentials signing, Uri uri, OAuth1Answer answer, CancellationToken cancel)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, uri);
            request.Headers.TryAddWithoutValidation("User-Agent", AppHttp.UserAgent);
            if (signing.SignatureIn == "body") request.Content = new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } };
            await signing.PutOnAsync(request, cancel);
            using var response = await bounded.SendAsync(request, cancel);
            var outcome = await answer.ReadAsync(response, cancel);
            var isAboutTime = outcome is TokenOutcome.Refused { Code: OAuth1Words.TimestampRefused } && signing.Clock.Learn(uri, response.Headers.Date);
            if (!isFirst || !(isAboutTime || signing.LearnFrom(response))) return outcome;
        }
    }

    private static OAuth1Terms Terms(OpenCredentials of) => of.Way.Placement.OAuth1!;
}
