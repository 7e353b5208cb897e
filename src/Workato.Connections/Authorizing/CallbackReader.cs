using Workato.Connections.Answers;
using Workato.Connections.Diagnosing;

namespace Workato.Connections.Authorizing;

/// <summary>Reads what an app sent a person back with (RFC 6749 section 4.1.2, RFC 5849 section 2.2).</summary>
internal static class CallbackReader
{
    /// <summary>Why there is nothing to redeem, or null.</summary>
    public static Diagnosis? Problem(OpenCredentials of, IReadOnlyDictionary<string, string> callback)
    {
        var app = of.Connector.Title;
        if (of.Way.Placement.OAuth2 is not { } terms)
        {
            return callback.ContainsKey("oauth_token") && callback.GetValueOrDefault("oauth_verifier") is { Length: > 0 }
                ? null
                : Denied(of, "access_denied", callback.GetValueOrDefault("oauth_problem_advice") is { Length: > 0 } advice ? OneLine.Of(advice, 300) : null);
        }

        // RFC 9207 section 2.4: an answer by another issuer than the one that was asked is an attack.
        if (terms.Issuer is { } issuer && callback.GetValueOrDefault("iss") is { } iss && iss != issuer)
            return new(Causes.WrongAddress, $"The answer came from another sign-in service than {app}'s. Nothing was changed. Begin again, from a page you trust.", $"iss: {OneLine.Of(iss)}");
        if (callback.GetValueOrDefault("error") is { Length: > 0 } error)
            return Denied(of, OneLine.Of(error, 100), callback.GetValueOrDefault("error_description") is { Length: > 0 } said ? OneLine.Of(said) : null);
        return callback.GetValueOrDefault("code") is { Length: > 0 }
            ? null : new(Causes.Unknown, $"{app} sent nobody back with a code. Nothing was changed. Begin again; if it stays like this, look at the OAuth app at {app}.", null);
    }

    private static Diagnosis Denied(OpenCredentials of, string code, string? said) => Diagnostician.Of(
        new(of.Connector.Title, Occasion.Callback, new Redaction(of.Values)) { Code = code, Said = said }, of.Connector.Diagnosis, TokenWords.NotAuthorized(of.Connector.Title, code, said));
}
