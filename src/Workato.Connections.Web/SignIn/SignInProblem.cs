using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Workato.Connections.Web.SignIn;

/// <summary>Why somebody could not be signed in.</summary>
/// <param name="Words">For the person.</param>
/// <param name="Reason">For logs. Nothing of what was sent, but error codes.</param>
internal sealed partial record SignInProblem(string Words, string Reason)
{
    public static SignInProblem Of(Exception? failure, SignInSettings settings)
    {
        var host = settings.Host;
        if (Code(failure) is { } code)
        {
            return code switch
            {
                "access_denied" => new($"{host} did not let you in here, or you chose not to go on there.", code),
                "invalid_client" or "unauthorized_client" => new($"{host} does not accept this server. Whoever runs it should check SignIn__ClientId and SignIn__ClientSecret.", code),
                _ => new($"{host} did not sign you in. It said: {code}.", code),
            };
        }

        return Distrust(failure) is { } distrust
            ? new($"What {host} sent cannot be trusted: {distrust}. If it stays so, tell whoever runs this server.", distrust)
            : failure switch
            {
                OpenIdConnectProtocolException or InvalidOperationException or HttpRequestException or IOException or OperationCanceledException =>
                    new($"{host} cannot be reached, or does not answer as an OpenID provider. Try again in a moment. If it stays so, whoever runs this server should check SignIn__Authority.", $"unreachable ({failure.GetType().Name})"),
                // The handler has no exception of its own for a state that is missing, foreign or old, or whose cookie is.
                _ => new("This sign-in was begun in another browser, under another address of this server, or more than 15 minutes ago.", "the state is not this browser's, or too old"),
            };
    }

    private static string? Distrust(Exception? failure) => failure switch
    {
        OpenIdConnectProtocolInvalidNonceException => "the nonce is not the one that was sent",
        OpenIdConnectProtocolException { InnerException: { } inner } => Distrust(inner),
        SecurityTokenInvalidAudienceException => "the ID token is for another audience",
        SecurityTokenInvalidIssuerException => "the ID token is by another issuer",
        SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException => "the ID token is not valid now. Are the clocks right?",
        SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException => "the signature of the ID token is wrong",
        SecurityTokenException => "the ID token is not in order",
        _ => null,
    };

    // An error code of OAuth, and nothing else that somebody may have written into it.
    private static string? Code(Exception? failure) => failure?.Data["error"] is string code && ErrorCode().IsMatch(code) ? code : null;

    [GeneratedRegex("^[a-z_]{1,60}$")]
    private static partial Regex ErrorCode();
}
