using Workato.Connections.Answers;
using Workato.Connections.Diagnosing;

namespace Workato.Connections.Authorizing;

/// <summary>What the error codes of OAuth mean, in words a person understands, and what to do next.</summary>
internal static class TokenWords
{
    /// <summary>The app refused to send the person back with a code (RFC 6749 section 4.1.2.1).</summary>
    public static string NotAuthorized(string app, string code, string? said) => (code, said) switch
    {
        ("access_denied", not null) when Has(said, "admin") || Has(said, "consent") =>
            $"{app} wants an administrator of its own to agree first.{Said(app, said)} Ask one to approve this app there, then connect again.",
        ("access_denied", not null) when Has(said, "verif") || Has(said, "test") =>
            $"The OAuth app is still in testing mode at {app}.{Said(app, said)} Add the account to its test users there, or publish it, then connect again.",
        ("access_denied", _) => $"Access was denied at {app}.{Said(app, said)} Nothing was changed. Connect again and agree there if that was not meant.",
        ("redirect_uri_mismatch", _) => RedirectMismatch(app, said),
        (_, not null) when Has(said, "redirect_uri") || Has(said, "redirect uri") => RedirectMismatch(app, said),
        ("invalid_scope", _) => $"{app} does not know one of the permissions asked for, or the OAuth app may not ask for it.{Said(app, said)} Choose fewer under “Permissions to ask for”, or allow them to the OAuth app at {app}.",
        ("unauthorized_client" or "invalid_client", _) => $"{app} does not know the OAuth app, or does not let it sign people in.{Said(app, said)} Compare the client id of the OAuth app with the one at {app}.",
        ("consent_required" or "interaction_required" or "login_required", _) => $"{app} wants an administrator of its own to agree first.{Said(app, said)} Ask one to approve this app there, then connect again.",
        ("server_error" or "temporarily_unavailable", _) => $"{app} is in trouble and could not sign anybody in.{Said(app, said)} Connect again later.",
        _ => $"{app} did not let anybody sign in ({code}).{Said(app, said)} Check the OAuth app at {app}, then connect again.",
    };

    /// <summary>The app refused to issue tokens (RFC 6749 section 5.2).</summary>
    public static string Refused(string app, string code, string? said, bool isFirst) => (code, isFirst) switch
    {
        ("invalid_client" or "unauthorized_client", _) => $"{app} does not accept the OAuth app itself ({code}).{Said(app, said)} Its client id or secret is wrong or was changed there: correct it in the OAuth app here.",
        ("invalid_grant", true) => $"{app} did not accept what came back from signing in ({code}).{Said(app, said)} It may have been used already or be too old: connect again.",
        ("invalid_grant", false) => $"{app} has taken back the permission ({code}).{Said(app, said)} It was revoked there, its account's password was changed, or it lay unused for too long: connect again.",
        ("invalid_scope", _) => $"{app} does not grant one of the permissions asked for ({code}).{Said(app, said)} Choose fewer under “Permissions to ask for” and connect again.",
        ("redirect_uri_mismatch", _) => RedirectMismatch(app, said),
        ("slow_down" or "rate_limited" or "temporarily_unavailable" or "server_error", _) => $"{app} cannot issue tokens at present ({code}).{Said(app, said)} It is tried again by itself.",
        _ => $"{app} refused to issue tokens ({code}).{Said(app, said)} Check the settings of the connection and of the OAuth app.",
    };

    public static string InTrouble(string app, int status) =>
        $"{app} is in trouble and could not issue tokens ({Words.Name(status)}). It is tried again by itself; nothing is known to be wrong with the connection.";

    public static string NotTokens(string app, int status, string? what) =>
        $"{app} answered {Words.Name(status)}, but not with tokens: {what}. Check the address tokens are issued at; it is tried again by itself.";

    public static string NotReached(string app, string host) =>
        $"{host} could not be reached, so {app} issued no tokens. It is tried again by itself; nothing is known to be wrong with the connection.";

    public static string NoAnswer(string app) =>
        $"{app} was asked for new tokens and did not answer. Whether it issued them is not known; it is tried again by itself.";

    public static string NothingToRenewBy(string app) =>
        $"The permission has ended, and {app} gave nothing to renew it by. Connect again; if it ends again, ask for offline access among the permissions.";

    public static string HasEnded(string app) => $"The permission {app} gave has run out, as it said it would. Connect again.";

    public static string NoClient(string app) => $"There is no OAuth app for {app} yet. Choose one, or add one under Settings > OAuth apps.";

    public static TokenOutcome.Refused UnreadableKey(string app) =>
        new("invalid_key", $"The private key for {app} cannot be read. It must be an RSA key in PEM, beginning with -----BEGIN PRIVATE KEY-----.", IsFinal: false) { Cause = Causes.Unreadable };

    /// <summary>The app did not take the request that is left with it before anyone is sent away (RFC 9126).</summary>
    public static string NotPushed(string app, string? said) => $"{app} did not take the request to sign in.{Said(app, said)} Check the OAuth app at {app}.";

    public static string AfterNoAnswer(string app, string words) =>
        $"{words} An earlier attempt to get new tokens never got its answer: {app} may have issued them then and hold the old ones for stolen.";

    public static string WrongType(string app, string? type) =>
        $"{app} issued a token of the type “{type}”, which cannot be put on requests here. Only bearer tokens can.";

    private static string RedirectMismatch(string app, string? said) =>
        $"{app} does not know the address people are sent back to.{Said(app, said)} Register exactly the callback URL that Settings > Set-up check shows with the OAuth app at {app}.";

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string Said(string app, string? said) => string.IsNullOrWhiteSpace(said) ? "" : $" {app} says: “{said.Trim().TrimEnd('.')}”.";
}
