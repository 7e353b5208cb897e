using Duende.IdentityModel;
using Duende.IdentityModel.Client;
using Workato.Connections.Answers;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Diagnosing;
using Workato.Connections.Egress;

namespace Workato.Connections.Authorizing;

/// <summary>Posts to an app's OAuth endpoints as the client we are there.</summary>
public sealed class OAuthHttp(AppHttp http, TimeProvider time) : IDisposable
{
    /// <summary>How long an endpoint may take. Some take a minute; who gives up too early may lose a token that was issued.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    private readonly HttpMessageInvoker bounded = new(new BoundedAnswers(http.Invoker));

    /// <summary>Posts a form; the body of the answer is there and bounded.</summary>
    /// <exception cref="OperationCanceledException">No answer within <see cref="Timeout"/>, or the caller gave up.</exception>
    /// <exception cref="HttpRequestException">The network, see <see cref="Failure"/>.</exception>
    internal async Task<HttpResponseMessage> PostAsync(ProtocolRequest request, CancellationToken cancel)
    {
        request.Method = HttpMethod.Post;
        request.Headers.TryAddWithoutValidation("User-Agent", AppHttp.UserAgent);
        request.Headers.Accept.ParseAdd("application/json");
        request.Prepare();
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        return await bounded.SendAsync(request, both.Token);
    }

    /// <summary>A request as our client; null where its private key cannot be read.</summary>
    internal ProtocolRequest? Request(OpenCredentials of, OAuthClient? client, string address, Parameters parameters)
    {
        var authentication = of.Way.Placement.OAuth2!.AuthenticationWith(of.Given.Settings);
        var request = new ProtocolRequest { Address = address, Parameters = parameters };
        if (client is null) return request;
        request.ClientId = client.Id;
        request.ClientCredentialStyle = authentication == ClientAuthentication.Basic ? ClientCredentialStyle.AuthorizationHeader : ClientCredentialStyle.PostBody;
        // RFC 6749 section 2.3.1: encoded before it is put into the header.
        request.AuthorizationHeaderStyle = BasicAuthenticationHeaderStyle.Rfc6749;
        if (authentication is ClientAuthentication.Basic or ClientAuthentication.Body) request.ClientSecret = client.Secret?.Reveal();
        if (authentication != ClientAuthentication.PrivateKeyJwt) return request;
        if (Assertions.OfClient(client, address, time.GetUtcNow()) is not { } assertion) return null;
        request.ClientAssertion = new() { Type = OidcConstants.ClientAssertionTypes.JwtBearer, Value = assertion };
        return request;
    }

    /// <summary>What a failure of <see cref="PostAsync"/> means: where the connection was never made nothing was used up; anything later, and nobody knows.</summary>
    internal static TokenOutcome Failure(string app, string host, Exception e)
    {
        var why = NetworkFailure.Of(app, host, e);
        if (!NetworkFailure.IsBeforeAsking(e)) return new TokenOutcome.Unknown(TokenWords.NoAnswer(app)).Because(why with { Cause = Causes.OutcomeUnknown });
        // An app that is merely down is told as that; whatever somebody can do something about, as itself.
        return new TokenOutcome.InTrouble(why.Cause == Causes.AppDown ? TokenWords.NotReached(app, host) : why.Words).Because(why);
    }

    /// <inheritdoc/>
    public void Dispose() => bounded.Dispose();
}
