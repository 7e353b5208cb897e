using Workato.Connections.Answers;

namespace Workato.Connections.Authorizing;

/// <summary>What the problems of OAuth 1.0 (its extension Problem Reporting) mean, in words a person understands, and what to do next.</summary>
internal static class OAuth1Words
{
    public const string TimestampRefused = "timestamp_refused";

    /// <summary>The app named the problem.</summary>
    public static string Refused(string app, string problem, string? advice) => problem switch
    {
        "consumer_key_unknown" => $"{app} does not know the consumer key ({problem}).{Said(app, advice)} Compare it with the one at {app}.",
        "consumer_key_rejected" or "consumer_key_refused" => $"{app} does not let this consumer key sign people in ({problem}).{Said(app, advice)} Look at {app} whether it was turned off or still waits for approval.",
        "signature_invalid" => $"{app} does not accept the signature ({problem}).{Said(app, advice)} The consumer secret or the private key is wrong, or {app} wants another signature method.",
        "signature_method_rejected" => $"{app} does not take this signature method ({problem}).{Said(app, advice)} Choose the one its documentation names.",
        TimestampRefused => $"{app} says that our clock is wrong ({problem}).{Said(app, advice)} Put the clock of this server right, then connect again.",
        "verifier_invalid" => $"{app} did not accept what came back from signing in ({problem}).{Said(app, advice)} Connect again.",
        "token_used" or "token_expired" or "token_rejected" => $"{app} did not accept what came back from signing in ({problem}).{Said(app, advice)} It may have been used already or be too old: connect again.",
        "token_revoked" => $"{app} has taken back the permission ({problem}).{Said(app, advice)} It was revoked there: connect again.",
        "user_refused" or "permission_denied" => $"Access was denied at {app} ({problem}).{Said(app, advice)} Nothing was changed. Connect again and agree there if that was not meant.",
        "permission_unknown" or "additional_authorization_required" => $"{app} wants its user to decide first ({problem}).{Said(app, advice)} Sign in there, then connect again.",
        "parameter_rejected" or "parameter_absent" => $"{app} does not accept the request ({problem}).{Said(app, advice)} Register exactly the callback URL that Settings > Set-up check shows with the OAuth app at {app}.",
        _ => $"{app} refused to issue a token ({problem}).{Said(app, advice)} Check the settings of the connection and of the OAuth app.",
    };

    /// <summary>Whether asking again with the same token is no use.</summary>
    public static bool IsFinal(string problem) =>
        problem is "token_used" or "token_expired" or "token_rejected" or "token_revoked" or "user_refused" or "permission_denied";

    /// <summary>The app said no without naming the problem.</summary>
    public static string Rejected(string app, int status, string? said) =>
        $"{app} refused to issue a token ({Words.Name(status)}).{Said(app, said)} Compare consumer key, consumer secret and signature method with those at {app}, and the callback URL with the one registered there.";

    public static string NoToken(string app, int status) =>
        $"{app} answered {Words.Name(status)}, but not with a token. Check the addresses the connection asks for tokens at.";

    public static string InTrouble(string app, int status) =>
        $"{app} is in trouble and could not issue a token ({Words.Name(status)}). Connect again later.";

    public static string NotConfirmed(string app) =>
        $"{app} did not confirm the address people are sent back to (oauth_callback_confirmed). It follows a version of OAuth 1.0 in which a connection could be slipped to somebody else, and is not signed in to.";

    public static string NoKey(string app) =>
        $"The private key for {app} cannot be read. It must be an RSA key in PEM, beginning with -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----.";

    private static string Said(string app, string? said) => string.IsNullOrWhiteSpace(said) ? "" : $" {app} says: “{Short(said)}”.";

    private static string Short(string said)
    {
        var line = string.Concat(said.Trim().Select(c => char.IsControl(c) ? ' ' : c)).TrimEnd('.');
        return line.Length <= 200 ? line : line[..(char.IsHighSurrogate(line[199]) ? 199 : 200)] + "…";
    }
}
