using Workato.Connections.Diagnosing;
using Workato.Connections.Health;

namespace Workato.Connections.Notices;

/// <summary>What a notice says in its first line.</summary>
internal static class NoticeTitles
{
    public static string Of(Incident incident, string app, IncidentNews news) => incident.IsOfServer ? OfServer(incident.Cause, news) : news == IncidentNews.Resolved
        ? incident.IsShared ? $"{app} can be reached again" : $"{Name(incident, app)} {(incident.IsWarning ? "is in order again" : "works again")}"
        : incident.IsShared ? $"{app} {OfApp(incident.Cause)}"
        : $"{Name(incident, app)} {(incident.IsWarning ? OfWarning(incident.Cause) : OfConnection(incident.Cause))}";

    private static string OfServer(string cause, IncidentNews news) => (cause, news) switch
    {
        (Causes.OurClock, IncidentNews.Resolved) => "The clock of this server is right again",
        (Causes.OurClock, _) => "The clock of this server is wrong",
        (_, IncidentNews.Resolved) => "This server gets through to its apps again",
        _ => "This server does not get through to its apps",
    };

    private static string Name(Incident incident, string app) => incident.ConnectionName ?? $"A connection to {app}";

    private static string OfConnection(string cause) => cause switch
    {
        Causes.CredentialsRejected or Causes.TokenRevoked or Causes.PermissionExpired or Causes.OutcomeUnknown or Causes.Unreadable => "needs to be connected again",
        Causes.PermissionMissing or Causes.ConsentRequired => "lacks a permission",
        Causes.SecretExpired => "needs a new secret, key or certificate",
        Causes.AccountSuspended => "has an account that the app does not let in",
        _ => "does not work",
    };

    private static string OfWarning(string cause) => cause switch
    {
        Causes.EndsSoon => "stops working soon",
        Causes.OwnerRemoved => "works by the account of a person who was removed",
        _ => "may stop working soon",
    };

    private static string OfApp(string cause) => cause switch
    {
        Causes.Throttled => "asks this server to slow down",
        Causes.ClientRejected => "does not accept this server's OAuth app",
        Causes.OurNetwork or Causes.OurClock or Causes.EgressRefused => "cannot be reached from this server",
        _ => "cannot be reached",
    };
}
