using Workato.Connections.Connectors;
using Workato.Connections.Diagnosing;

namespace Workato.Connections.Health;

/// <summary>What an incident is about: one connection, all of a host, or everything that leaves this server.</summary>
/// <param name="Provider">The app; <see cref="Anything"/> where it is no single one.</param>
/// <param name="Host">The host; null where it is one connection.</param>
/// <param name="ConnectionId">The connection; null where it is a host.</param>
internal sealed record IncidentScope(string Provider, string? Host, int? ConnectionId)
{
    /// <summary>Stands for every app and host: what is wrong is here.</summary>
    public const string Anything = "*";

    private const int MaxHost = 255;

    /// <summary>How long something of this scope may last before it is told: apps have bad minutes, and a first word is soon put more exactly by a test.</summary>
    public static TimeSpan Patience(bool isShared) => isShared ? TimeSpan.FromMinutes(2) : TimeSpan.FromSeconds(15);

    /// <summary>Where what is wrong with a connection belongs.</summary>
    public static IncidentScope Of(Connection row, ConnectorCatalog catalog) => row.Cause switch
    {
        // The app said no to this one, whatever else is going on.
        _ when row.Status == AuthorizationStatus.Failed => new(row.Provider, null, row.Id),
        Causes.OurNetwork or Causes.OurClock => new(Anything, Anything, null),
        Causes.AppDown or Causes.OutcomeUnknown or Causes.Throttled or Causes.NameNotFound or Causes.TlsFailed or Causes.EgressRefused => new(row.Provider, HostOf(row, catalog), null),
        // The app could not be asked, and it is not known why, or something else answers in its place: most likely to all of its connections.
        Causes.WrongAddress or Causes.Unknown or null => new(row.Provider, HostOf(row, catalog), null),
        _ => new(row.Provider, null, row.Id),
    };

    /// <summary>The host of the app that a connection leads to; empty where its settings make none.</summary>
    public static string HostOf(Connection row, ConnectorCatalog catalog)
    {
        if (catalog.Find(row.Provider) is not { } connector || connector.FindWay(row.SignInBy) is not { } way) return "";
        return Uri.TryCreate(connector.BaseUrlFor(way, row.Settings), UriKind.Absolute, out var address) && address.Host.Length <= MaxHost ? address.Host : "";
    }
}
