using System.Security.Cryptography;
using System.Text;
using Duende.IdentityModel;
using Duende.IdentityModel.Client;
using Workato.Connections.Answers;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Diagnosing;

namespace Workato.Connections.Authorizing;

/// <summary>What a person is sent to an app with (RFC 6749 section 4.1.1).</summary>
public sealed class AuthorizationRequests(OAuthHttp http)
{
    /// <summary>A fresh proof key's secret (RFC 7636 section 4.1); null where the app takes none.</summary>
    public static string? NewVerifier(OAuth2Terms terms) => terms.Pkce ? AuthorizationAttempts.NewSecret() + AuthorizationAttempts.NewSecret() : null;

    /// <summary>The challenge of a verifier: S256 (RFC 7636 section 4.2).</summary>
    public static string Challenge(string verifier) => System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    /// <summary>The address to send the person to, or why there is none.</summary>
    public async Task<Result<string>> AddressAsync(OpenCredentials of, string state, string redirectUri, string? verifier, CancellationToken cancel)
    {
        var (terms, values) = (of.Way.Placement.OAuth2!, of.Values);
        if (OAuthClient.Of(of.Way.Placement, values) is not { } known) return new Refusal(RefusalKind.Unproved, TokenWords.NoClient(of.Connector.Title)) { Diagnosis = new(Causes.ClientRejected, TokenWords.NoClient(of.Connector.Title), null) };

        var parameters = new Parameters
        {
            { OidcConstants.AuthorizeRequest.ResponseType, OidcConstants.ResponseTypes.Code },
            { OidcConstants.AuthorizeRequest.ClientId, known.Id },
            { OidcConstants.AuthorizeRequest.RedirectUri, redirectUri },
            { OidcConstants.AuthorizeRequest.State, state },
        };
        var scopes = Scopes.Asked(terms, of.Given.Settings);
        if (scopes.Count > 0) parameters.Add(terms.ScopeParameter, string.Join(terms.ScopeSeparator, scopes));
        if (verifier is not null)
        {
            parameters.Add(OidcConstants.AuthorizeRequest.CodeChallenge, Challenge(verifier));
            parameters.Add(OidcConstants.AuthorizeRequest.CodeChallengeMethod, OidcConstants.CodeChallengeMethods.Sha256);
        }

        foreach (var (name, value) in terms.AuthorizeParameters.Where(p => p.Value.Fill(values.Settings.GetValueOrDefault).Length > 0)) parameters.Add(name, value.Fill(values.Settings.GetValueOrDefault));
        if (terms.PushedUrl is not null)
        {
            var pushed = await PushAsync(of, known, parameters, cancel);
            if (pushed.Refusal is { } refusal) return refusal;
            parameters = new() { { OidcConstants.AuthorizeRequest.ClientId, known.Id }, { OidcConstants.AuthorizeRequest.RequestUri, pushed.Value! } };
        }

        var address = terms.AuthorizeUrl!.Fill(values.Settings.GetValueOrDefault);
        return new RequestUrl(address).Create(parameters);
    }

    // RFC 9126: the request is left with the app, and the browser carries only the name it is known by from then on.
    private async Task<Result<string>> PushAsync(OpenCredentials of, OAuthClient client, Parameters parameters, CancellationToken cancel)
    {
        var (app, url) = (of.Connector.Title, of.Way.Placement.OAuth2!.PushedUrl!.Fill(of.Values.Settings.GetValueOrDefault));
        using var request = http.Request(of, client, url, parameters);
        if (request is null) return Unasked(TokenWords.UnreadableKey(app));
        try
        {
            using var response = await http.PostAsync(request, cancel);
            var answer = await AppAnswer.ReadAsync(response.Content, cancel);
            return answer.Text("/request_uri") is { } known ? known : NotTaken(of, response, answer);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is OperationCanceledException or HttpRequestException or IOException)
        {
            return Unasked(OAuthHttp.Failure(app, url, e));
        }
    }

    /// <summary>The app did not take what is left with it before anyone goes there.</summary>
    internal static Refusal NotTaken(OpenCredentials of, HttpResponseMessage response, AppAnswer answer)
    {
        var answered = Answered.OfTest(of.Connector.Title, new(of.Values, response.RequestMessage), response, response.IsSuccessStatusCode ? null : answer) with { While = Occasion.SignIn };
        var why = Diagnostician.Of(answered, of.Connector.Diagnosis, TokenWords.NotPushed(of.Connector.Title, answered.Said));
        return new(RefusalKind.Unproved, why.Words) { Diagnosis = why };
    }

    /// <summary>It could not be asked.</summary>
    internal static Refusal Unasked(TokenOutcome outcome) => new(RefusalKind.Unproved, outcome.Problem!) { Diagnosis = outcome.Diagnosis };
}
