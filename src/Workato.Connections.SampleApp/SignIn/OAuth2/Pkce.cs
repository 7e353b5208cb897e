using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>Proof that whoever brings the code is whoever began (RFC 7636). S256 alone: plain proves nothing to a reader of the address.</summary>
internal static partial class Pkce
{
    public static OAuth2Error? CheckChallenge(string? challenge, string? method, bool required) => challenge switch
    {
        null when method is not null => OAuth2Error.InvalidRequest("code_challenge_method came without code_challenge."),
        null when required => OAuth2Error.InvalidRequest("code_challenge is missing: this client has no secret."),
        null => null,
        _ when method != "S256" => OAuth2Error.InvalidRequest("code_challenge_method must be S256."),
        _ when !Challenge().IsMatch(challenge) => OAuth2Error.InvalidRequest("code_challenge is not a SHA-256 in base64url."),
        _ => null,
    };

    public static OAuth2Error? CheckVerifier(string? challenge, string? verifier) => (challenge, verifier) switch
    {
        (null, null) => null,
        // RFC 9700, 2.1.1: otherwise an attacker could take the challenge out of somebody's request.
        (null, _) => OAuth2Error.InvalidGrant("code_verifier came for a code that was asked without code_challenge."),
        (_, null) => OAuth2Error.InvalidGrant("code_verifier is missing."),
        _ when !Verifier().IsMatch(verifier) => OAuth2Error.InvalidGrant("code_verifier must be 43 to 128 letters, digits, or one of - . _ ~."),
        _ when !RandomSecret.Same(challenge, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))) =>
            OAuth2Error.InvalidGrant("code_verifier does not fit code_challenge."),
        _ => null,
    };

    [GeneratedRegex(@"^[A-Za-z0-9_-]{43}\z")]
    private static partial Regex Challenge();

    [GeneratedRegex(@"^[A-Za-z0-9._~-]{43,128}\z")]
    private static partial Regex Verifier();
}
