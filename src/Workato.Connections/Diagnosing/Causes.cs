namespace Workato.Connections.Diagnosing;

/// <summary>Why a connection does not work, as the API, the rules of connector files and the metrics name it.</summary>
public static class Causes
{
    /// <summary>The app does not take the credentials (any more): mistyped, or changed there.</summary>
    public const string CredentialsRejected = "credentials_rejected";

    /// <summary>The user of the app lacks a right, or the tokens a scope.</summary>
    public const string PermissionMissing = "permission_missing";

    /// <summary>The app took the permission back.</summary>
    public const string TokenRevoked = "token_revoked";

    /// <summary>The permission has run out, and nothing is left to renew it by.</summary>
    public const string PermissionExpired = "permission_expired";

    /// <summary>A secret, key or certificate of ours has run out at the app.</summary>
    public const string SecretExpired = "secret_expired";

    /// <summary>The app does not accept the OAuth app, its client id or its secret.</summary>
    public const string ClientRejected = "client_rejected";

    /// <summary>The app does not know the address people are sent back to.</summary>
    public const string CallbackMismatch = "callback_mismatch";

    /// <summary>An administrator of the app has to agree first.</summary>
    public const string ConsentRequired = "consent_required";

    /// <summary>The account at the app is locked, suspended or gone.</summary>
    public const string AccountSuspended = "account_suspended";

    /// <summary>The app is in trouble.</summary>
    public const string AppDown = "app_down";

    /// <summary>The app asks us to slow down, or a quota is used up.</summary>
    public const string Throttled = "throttled";

    /// <summary>Another instance, base URL or tenant is meant: what answers is not this connection's app.</summary>
    public const string WrongAddress = "wrong_address";

    /// <summary>The host's name does not exist, or cannot be looked up.</summary>
    public const string NameNotFound = "name_not_found";

    /// <summary>No secure connection could be made: the host's certificate is expired, for another name, or not trusted.</summary>
    public const string TlsFailed = "tls_failed";

    /// <summary>This server may not connect to that address.</summary>
    public const string EgressRefused = "egress_refused";

    /// <summary>This server has no way out to the network, or its resolver is silent.</summary>
    public const string OurNetwork = "our_network";

    /// <summary>This server's clock is wrong.</summary>
    public const string OurClock = "our_clock";

    /// <summary>Whether the app issued new tokens is not known: it was asked, and no answer came.</summary>
    public const string OutcomeUnknown = "outcome_unknown";

    /// <summary>The stored credentials cannot be opened here: altered, moved, or sealed under a key that is gone.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The app's connector is not installed, or does not know this way to sign in.</summary>
    public const string ConnectorMissing = "connector_missing";

    /// <summary>It works still, and its permission, key or certificate ends soon.</summary>
    public const string EndsSoon = "ends_soon";

    /// <summary>It works still, by the account of a person who was removed from the workspace.</summary>
    public const string OwnerRemoved = "owner_removed";

    /// <summary>Nobody here knows; the evidence says what was answered.</summary>
    public const string Unknown = "unknown";

    /// <summary>Whether a cause says nothing against the connection: it passes without anybody's doing anything to it.</summary>
    public static bool PassesByItself(string cause) => cause is AppDown or Throttled or OurClock or OurNetwork;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = Constants.Of(typeof(Causes));
}
