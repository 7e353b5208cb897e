using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.AuthMethods;
using Workato.Connections.Data;
using Workato.Connections.Projects;
using Workato.Connections.Timelines;

namespace Workato.Connections;

/// <summary>
/// Writes down what becomes of connections, into what is saved next: who clears the change tracker takes the entry back
/// with the change. A test and a renewal of tokens change nothing and are not written down.
/// </summary>
public sealed class ConnectionTrail(ConnectionsDbContext db, AuditTrail trail, WhoActs who, TimeProvider time)
{
    /// <summary>It was made, perhaps with credentials. It has its id.</summary>
    internal async Task CreatedAsync(Connection connection, IEnumerable<string> secrets, CancellationToken cancel)
    {
        var about = await AboutAsync(connection, cancel);
        var changes = About(new(), null, connection).With("provider", null, connection.Provider);
        trail.Add(AuditEvents.ConnectionCreated, about, connection.HasCredentials ? changes : Access(changes, null, connection));
        if (!connection.HasCredentials) return;
        trail.Add(AuditEvents.ConnectionConnected, about, Access(new(), null, connection).WithSecrets(secrets));
        Happened(connection, EventKinds.Connected);
    }

    /// <summary>It was given credentials; <paramref name="secrets"/> names the secrets among what was given.</summary>
    internal async Task CredentialsGivenAsync(Connection connection, IReadOnlyCollection<string> secrets, CancellationToken cancel)
    {
        var before = Before(connection);
        var @event = connection.HasCredentials && !before.HasCredentials ? AuditEvents.ConnectionConnected
            : secrets.Count > 0 && connection.HasCredentials ? AuditEvents.ConnectionSecretReplaced
            : AuditEvents.ConnectionUpdated;
        trail.Add(@event, await AboutAsync(connection, cancel), Access(new(), before, connection).WithSecrets(secrets));
        if (@event == AuditEvents.ConnectionUpdated) return;
        Happened(connection, before.HasCredentials ? EventKinds.Reconnected : EventKinds.Connected);
        if (connection.IdentityBefore is not null) Happened(connection, EventKinds.OtherAccount, $"It was {connection.IdentityBefore}, and is {connection.Identity} now.");
    }

    /// <summary>Its credentials were taken away.</summary>
    internal async Task DisconnectedAsync(Connection connection, bool byForce, CancellationToken cancel)
    {
        trail.Add(AuditEvents.ConnectionDisconnected, await AboutAsync(connection, cancel), new AuditChanges().With("connected_as", Before(connection).Identity, null), byForce ? "By force: without asking what uses it." : null);
        Happened(connection, EventKinds.Disconnected);
    }

    /// <summary>Whatever else about it is different from what was read.</summary>
    internal async Task ChangedAsync(Connection connection, CancellationToken cancel)
    {
        var before = Before(connection);
        var changes = About(new(), before, connection);
        if (changes.Count > 0) trail.Add(AuditEvents.ConnectionUpdated, await AboutAsync(connection, cancel), changes);
    }

    /// <summary>It is gone.</summary>
    internal async Task DeletedAsync(Connection connection, CancellationToken cancel) =>
        trail.Add(AuditEvents.ConnectionDeleted, await AboutAsync(connection, cancel), Access(About(new(), connection, null), connection, null));

    /// <summary>A link was made by which somebody without an account connects it.</summary>
    internal async Task LinkMadeAsync(Connection connection, CancellationToken cancel) =>
        trail.Add(AuditEvents.ConnectionLinkCreated, await AboutAsync(connection, cancel));

    private void Happened(Connection connection, string kind, string? words = null) => db.Add(connection.Happened(kind, time.GetUtcNow(), who.Actor, words));

    // As people know it now: an entry about a new name is found under that.
    private async Task<Audited> AboutAsync(Connection connection, CancellationToken cancel) => new(
        AuditedTypes.Connection, connection.Id, connection.Name,
        await db.Folders.Where(f => f.Id == connection.FolderId).Select(f => (int?)f.ProjectId).SingleOrDefaultAsync(cancel));

    private Connection Before(Connection connection) => (Connection)db.Entry(connection).OriginalValues.ToObject();

    private static AuditChanges About(AuditChanges changes, Connection? before, Connection? after) => changes
        .With("name", before?.Name, after?.Name)
        .With("description", before?.Description, after?.Description)
        .With("folder_id", before?.FolderId, after?.FolderId)
        .With("parent_id", before?.ParentId, after?.ParentId)
        .With("external_id", before?.ExternalId, after?.ExternalId)
        .With("account", before?.AccountKind.ToString().ToLowerInvariant(), after?.AccountKind.ToString().ToLowerInvariant())
        .With("credentials_end_on", Day(before), Day(after))
        .With("environment", before?.Environment.ToString().ToLowerInvariant(), after?.Environment.ToString().ToLowerInvariant());

    private static string? Day(Connection? connection) => connection is { EndIsGiven: true } ? connection.EndsAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static AuditChanges Access(AuditChanges changes, Connection? before, Connection? after) => changes
        .With("sign_in_by", before?.SignInBy, after?.SignInBy)
        .With("custom_oauth_profile_id", before?.CustomOAuthProfileId, after?.CustomOAuthProfileId)
        .With("connected_as", before?.Identity, after?.Identity)
        .WithEach("input.", before?.Settings ?? [], after?.Settings ?? []);
}

/// <summary>Which secrets somebody gave.</summary>
internal static class GivenSecrets
{
    private const string Issued = "tokens";

    /// <summary>Names of fields, and that the app issued tokens. What was there before and is kept was not given.</summary>
    public static IReadOnlyCollection<string> Since(this ReadyCredentials ready, IReadOnlyDictionary<string, string?> given, Tokens? before)
    {
        var names = ready.Credentials.Given.Secrets.Keys.Where(name => !string.IsNullOrEmpty(given.GetValueOrDefault(name))).Select(name => "input." + name);
        return [.. names, .. ready.Credentials.Tokens is { } tokens && !tokens.AccessToken.Equals(before?.AccessToken) ? [Issued] : Array.Empty<string>()];
    }
}
