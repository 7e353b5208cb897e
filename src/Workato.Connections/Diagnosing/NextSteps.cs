namespace Workato.Connections.Diagnosing;

/// <summary>The one thing to do next, as the API names it and pages offer it.</summary>
public static class NextSteps
{
    /// <summary>Sign in at the app again, or enter credentials that work.</summary>
    public const string ConnectAgain = "connect_again";

    /// <summary>Correct the address settings.</summary>
    public const string EditSettings = "edit_settings";

    /// <summary>Give the app's user the permission, or agree to it.</summary>
    public const string CheckPermissions = "check_permissions";

    /// <summary>Correct the OAuth app.</summary>
    public const string CheckOAuthApp = "check_oauth_app";

    /// <summary>Look at the set-up of this server: callback address, clock, network, connector files.</summary>
    public const string CheckSetup = "check_setup";

    /// <summary>Settle something in the app itself.</summary>
    public const string LookInTheApp = "look_in_the_app";

    /// <summary>Nothing: it is tried again by itself.</summary>
    public const string Wait = "wait";

    /// <summary>Read what was answered.</summary>
    public const string ReadEvidence = "read_evidence";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = Constants.Of(typeof(NextSteps));

    /// <summary>What to do about a cause. <paramref name="isLost"/>: whether nothing is tried again by itself.</summary>
    public static string Of(string cause, bool isLost) => cause switch
    {
        Causes.CredentialsRejected or Causes.TokenRevoked or Causes.PermissionExpired or Causes.SecretExpired or Causes.Unreadable or Causes.EndsSoon or Causes.OwnerRemoved => ConnectAgain,
        Causes.OutcomeUnknown => isLost ? ConnectAgain : Wait,
        Causes.PermissionMissing => CheckPermissions,
        Causes.ClientRejected => CheckOAuthApp,
        Causes.WrongAddress or Causes.NameNotFound => EditSettings,
        Causes.CallbackMismatch or Causes.OurClock or Causes.OurNetwork or Causes.EgressRefused or Causes.ConnectorMissing => CheckSetup,
        Causes.ConsentRequired or Causes.AccountSuspended or Causes.TlsFailed => LookInTheApp,
        Causes.AppDown or Causes.Throttled => Wait,
        _ => ReadEvidence,
    };
}
