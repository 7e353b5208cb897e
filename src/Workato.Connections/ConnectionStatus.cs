namespace Workato.Connections;

/// <summary>What the app said last, in Workato's words. No status at all: never connected, or disconnected.</summary>
public enum AuthorizationStatus
{
    /// <summary>The app accepted the credentials.</summary>
    Success,

    /// <summary>The app refused the credentials, or what they may do.</summary>
    Failed,

    /// <summary>The app could not be asked, or gave no answer that says either.</summary>
    Exception,
}

/// <summary>What a status means.</summary>
public static class AuthorizationStatuses
{
    /// <summary>Whether it can be worked with: the app accepted it, or could not be asked, which says nothing against it.</summary>
    public static bool IsUsable(this AuthorizationStatus? status) => status is AuthorizationStatus.Success or AuthorizationStatus.Exception;
}

/// <summary>Whose account of the app stands behind a connection.</summary>
public enum AccountKind
{
    /// <summary>A user of the app made for integrations: survives people leaving.</summary>
    Dedicated,

    /// <summary>A person's own account.</summary>
    Personal,
}

/// <summary>Which data is behind a connection.</summary>
public enum AppEnvironment
{
    /// <summary>A sandbox or test account of the app.</summary>
    Sandbox,

    /// <summary>The real thing.</summary>
    Production,
}
