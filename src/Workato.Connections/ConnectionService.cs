using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Workato.Connections.AuthMethods;
using Workato.Connections.Authorizing;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Calling;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Health;
using Workato.Connections.Privileges;

namespace Workato.Connections;

/// <summary>
/// The life of a connection: made, changed, tested, disconnected, deleted. The one place all ways in go through:
/// wizard, API, and later the side panel.
/// </summary>
public sealed partial class ConnectionService(
    ConnectionsDbContext db, ConnectorCatalog catalog, ConnectionStore store, StoredCredentials stored, CredentialPreparation preparation,
    CredentialReplacement replacement, ConnectionTester tester, LiveConnections live, TokenRevoker revoker, ConnectionGuards guards, ConnectionTrail trail, CurrentAccess current, ChangeFeed feed, TimeProvider time, ILogger<ConnectionService> log)
{
    private const int MaxAttempts = 5;

    /// <summary>Makes a connection. Nothing is stored where the answer is a refusal.</summary>
    public async Task<Result<Connection>> CreateAsync(NewConnection wanted, CancellationToken cancel)
    {
        if (catalog.Find(wanted.Provider ?? "") is not { } connector) return guards.UnknownProvider(wanted.Provider);
        var folder = wanted.FolderId ?? await guards.HomeFolderAsync(cancel);
        var problems = ConnectionGuards.Texts(wanted.Name, wanted.Description, wanted.ExternalId, nameRequired: true);
        await guards.CheckPlaceAsync(problems, connector.Provider, ownId: null, wanted.FolderId, wanted.ParentId, cancel);

        // Workato's Go client makes connections without any input, to be connected later.
        var isEmptyShell = wanted is { Input: null, Tokens: null, Proving: not Proving.Required } or { Input.Count: 0, Proving: Proving.Skipped };
        if (isEmptyShell && problems.Any) return problems.ToRefusal();
        if (current.Access.Check(Privilege.CreateConnections) is { } mayNot) return mayNot;
        // One person may prepare the shell that another connects.
        if (!isEmptyShell && current.Access.Check(Privilege.AuthorizeConnections) is { } mayNotConnect) return mayNotConnect;
        var prepared = isEmptyShell
            ? new ReadyCredentials(new(connector, connector.Ways[0], FieldValues.Empty), ProfileId: null, Proof: null)
            : await preparation.PrepareAsync(connector, wanted.Input ?? new Dictionary<string, string?>(), wanted.Tokens, null, wanted.Proving, problems, cancel);
        if (prepared.Refusal is { } refusal) return refusal;
        var ready = prepared.Value!;
        if (ready.Credentials is { Tokens: null, Way.Placement.NeedsConsent: true } && !isEmptyShell && wanted.Proving != Proving.Skipped)
            return NeedsConsent(connector);

        var now = time.GetUtcNow();
        var connection = new Connection
        {
            Name = wanted.Name!.Trim(),
            Description = NullIfBlank(wanted.Description),
            Provider = connector.Provider,
            FolderId = folder,
            ParentId = wanted.ParentId,
            ExternalId = NullIfBlank(wanted.ExternalId),
            SignInBy = ready.Credentials.Way.Name,
            Settings = [],
            AccountKind = wanted.AccountKind,
            Environment = wanted.Environment,
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (await store.AddAsync(connection, ready, ready.Since(wanted.Input ?? new Dictionary<string, string?>(), null), isEmptyShell, cancel) is { } gone) return gone;
        LogCreated(log, connection.Id, connection.Provider, connection.Status?.ToString() ?? "not tested");
        return connection;
    }

    /// <summary>
    /// Changes a connection; reconnecting is a change of its <see cref="ConnectionChange.Input"/>. Same id, same recipes.
    /// Where new credentials fail, everything stays as it was.
    /// </summary>
    public async Task<Result<Connection>> UpdateAsync(int id, ConnectionChange change, CancellationToken cancel)
    {
        if (change.ReplacesCredentials && current.Access.Check(Privilege.AuthorizeConnections) is { } mayNotConnect) return mayNotConnect;
        if (change.ChangesMore && current.Access.Check(await guards.IsRuntimeUserAsync(id, cancel) ? Privilege.UpdateRuntimeConnections : Privilege.UpdateConnections) is { } mayNot) return mayNot;
        // New tokens that come in between are no reason to refuse a new name.
        return change.ReplacesCredentials ? await TryUpdateAsync(id, change, cancel) : await UntilUndisturbedAsync(() => TryUpdateAsync(id, change, cancel));
    }

    private async Task<Result<Connection>> TryUpdateAsync(int id, ConnectionChange change, CancellationToken cancel)
    {
        if (await db.Connections.SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } connection) return Refusal.NotFound("Connection");
        var problems = ConnectionGuards.Texts(change.Name, change.Description, change.ExternalId, nameRequired: change.Name is not null);
        await guards.CheckPlaceAsync(problems, connection.Provider, id, change.FolderId, change.ParentId, cancel);
        ConnectionGuards.CheckUser(problems, connection, change);
        var end = ConnectionGuards.End(problems, change.EndsOn);
        if (change.ReplacesCredentials
            && await replacement.ReplaceAsync(connection, change.Input ?? new Dictionary<string, string?>(), change.Tokens, change.Proving, problems, cancel) is { } refusal) return refusal;
        if (problems.Any) return problems.ToRefusal();

        connection.Name = change.Name?.Trim() ?? connection.Name;
        connection.Description = change.Description is null ? connection.Description : NullIfBlank(change.Description);
        connection.FolderId = change.FolderId ?? connection.FolderId;
        connection.ParentId = change.ParentId ?? connection.ParentId;
        connection.ExternalId = change.ExternalId is null ? connection.ExternalId : NullIfBlank(change.ExternalId);
        connection.AccountKind = change.AccountKind ?? connection.AccountKind;
        connection.Environment = change.Environment ?? connection.Environment;
        if (change.EndsOn is not null && (end is not null || connection.EndIsGiven)) connection.Ends(end, end is not null, time.GetUtcNow());
        connection.UpdatedAt = time.GetUtcNow();
        return await store.SaveAsync(connection, cancel) is { } conflict ? conflict : connection;
    }

    /// <summary>Asks the app whether the stored credentials still work, and remembers what it said. Tokens that have ended are renewed first.</summary>
    /// <remarks>New tokens may come while the app is asked; its answer says nothing about them, so it is asked about them.</remarks>
    public Task<Result<Proof>> TestAsync(int id, CancellationToken cancel) => UntilUndisturbedAsync(() => TryTestAsync(id, cancel));

    private async Task<Result<Proof>> TryTestAsync(int id, CancellationToken cancel)
    {
        var found = await live.GetAsync(id, cancel);
        if (found.Refusal is { } refusal) return refusal;
        var (tested, connection) = await ProveStoredAsync(id, cancel);
        if (tested.Value is not { } proof || connection is null) return tested;
        if (proof.IsRejection && await live.AfterRejectionAsync(found.Value!, cancel) is { IsAnswered: true } after)
        {
            if (after.Other is null) return await db.Connections.AsNoTracking().Where(c => c.Id == id).Select(c => new Proof(c.Status ?? AuthorizationStatus.Exception, c.Identity, c.Error) { Cause = c.Cause, Evidence = c.Evidence }).SingleAsync(cancel);
            db.ChangeTracker.Clear();
            (tested, connection) = await ProveStoredAsync(id, cancel);
            if (tested.Value is null || connection is null) return tested;
        }

        if (tested.Value is { Succeeded: true }) live.Worked(found.Value!);
        // Where the credentials were replaced while the app was asked, its answer says nothing about the new ones.
        return await store.SaveProofAsync(connection, cancel) is { Kind: RefusalKind.Conflict } conflict ? conflict : tested;
    }

    private async Task<(Result<Proof> Tested, Connection? Connection)> ProveStoredAsync(int id, CancellationToken cancel)
    {
        if (await db.Connections.SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } connection) return (Refusal.NotFound("Connection"), null);
        var opened = stored.Open(connection, await db.ProfileOfAsync(connection, cancel));
        if (opened.Refusal is { } refusal) return (refusal, null);

        var (connector, way, given) = opened.Value!;
        using var activity = Telemetry.Activities.StartActivity("test");
        activity?.SetTag("connection.id", id).SetTag("provider", connector.Provider);
        var proof = await tester.ProveAsync(connector, way, opened.Value!.Values, cancel, opened.Value.Tokens?.Scope);
        activity?.SetTag("outcome", proof.Status.ToString());
        Telemetry.Tested(connector.Provider, proof.Status.ToString(), proof.Cause);
        if (connection.Record(proof, way, given, time.GetUtcNow()) is { } happened) db.Add(happened);
        return (proof, connection);
    }

    /// <summary>
    /// Takes the credentials away; the connection stays. Refused while something works with it; by <paramref name="force"/>
    /// that is stopped in the same transaction. False where there was nothing to take away, which is no error.
    /// </summary>
    /// <remarks>Who was quicker had perhaps the same wish, which is then fulfilled, or put new credentials there, which go too.</remarks>
    public Task<Result<bool>> DisconnectAsync(int id, bool force, CancellationToken cancel) => UntilUndisturbedAsync(() => TryDisconnectAsync(id, force, cancel));

    private async Task<Result<bool>> TryDisconnectAsync(int id, bool force, CancellationToken cancel)
    {
        if (await db.Connections.SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } connection) return Refusal.NotFound("Connection");
        if (current.Access.Check(connection.IsRuntimeUser ? Privilege.UpdateRuntimeConnections : Privilege.UpdateConnections) is { } mayNot) return mayNot;
        if (connection is { HasCredentials: false, Status: null }) return false;
        if (!force && (await guards.UsersAsync([id], cancel)).Where(u => u.IsActive).ToList() is { Count: > 0 } users)
            return Refusal.InUse($"The connection '{connection.Name}' is in use by {ConnectionUser.Names(users)}. Stop what uses it, or disconnect with force.", users);

        var revocation = await RevocationAsync(connection, cancel);
        connection.TakeAway();
        connection.UpdatedAt = time.GetUtcNow();
        if (force) await guards.LetGoAsync([id], ConnectionEnd.Disconnected, cancel);
        await trail.DisconnectedAsync(connection, force, cancel);
        if (await store.SaveAsync(connection, cancel) is { } conflict) return conflict;
        LogDisconnected(log, id, connection.Provider);
        await revocation();
        return true;
    }

    /// <summary>
    /// Deletes the connection and its credentials. Refused while something uses it; by <paramref name="force"/> recipes that
    /// run stop and all of them lose it, in the same transaction. Connections of end users that hang on it are always in the way.
    /// </summary>
    public Task<Result<bool>> DeleteAsync(int id, CancellationToken cancel, bool force = false) => UntilUndisturbedAsync(() => TryDeleteAsync(id, force, cancel));

    private async Task<Result<bool>> TryDeleteAsync(int id, bool force, CancellationToken cancel)
    {
        if (await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { Name: var name } connection) return Refusal.NotFound("Connection");
        if (current.Access.Check(connection.IsRuntimeUser ? Privilege.DeleteRuntimeConnections : Privilege.DeleteConnections) is { } mayNot) return mayNot;
        if (await guards.UsersOrChildrenAsync(id, force, cancel) is { Count: > 0 } users) return InUse(name, users);
        var revocation = await RevocationAsync(connection, cancel);

        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (force) await guards.LetGoAsync([id], ConnectionEnd.Deleted, cancel);
            await db.SaveChangesAsync(cancel);
            if (await db.Connections.Where(c => c.Id == id).ExecuteDeleteAsync(cancel) == 0) return Refusal.NotFound("Connection");
            await trail.DeletedAsync(connection, cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            feed.Announce(Connection.Table, id);
        }
        catch (DbUpdateConcurrencyException)
        {
            // A recipe of it was started or stopped after it was read.
            db.ChangeTracker.Clear();
            return new Refusal(RefusalKind.Conflict, $"What uses the connection '{name}' was changed in the meantime. Look at it and try again.");
        }
        catch (Exception e) when (db.IsForeignKeyViolation(e))
        {
            // Something began to use it after we looked.
            db.ChangeTracker.Clear();
            return InUse(name, await guards.UsersOrChildrenAsync(id, force: false, cancel));
        }

        LogDeleted(log, id);
        await revocation();
        return true;
    }

    // Somebody may change the credentials meanwhile; what is asked for is worth another try, but not for ever.
    private static async Task<Result<T>> UntilUndisturbedAsync<T>(Func<Task<Result<T>>> ask)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await ask();
            if (result.Refusal is not { Kind: RefusalKind.Conflict } || attempt == MaxAttempts) return result;
        }
    }

    // Opened before the credentials are gone, told to the app after: what it cannot be told must not keep anything here.
    private async Task<Func<Task>> RevocationAsync(Connection connection, CancellationToken cancel)
    {
        if (connection.SealedTokens is null || stored.Open(connection, await db.ProfileOfAsync(connection, cancel)).Value is not { } credentials) return () => Task.CompletedTask;
        return await revoker.IsAloneAsync(connection, cancel) ? () => revoker.RevokeAsync(connection.Id, credentials, CancellationToken.None) : () => Task.CompletedTask;
    }

    private static Refusal NeedsConsent(Connector connector) => Refusal.Invalid(
        "shell_connection",
        $"must be true: {connector.Title} is connected by signing in there. Make the connection with shell_connection, open the link of GET /api/connections/runtime_user_connections/{{id}}/get_oauth_url, and it is connected; or bring along an oauth_token_pair");

    private static Refusal InUse(string name, IReadOnlyList<ConnectionUser> users) =>
        Refusal.InUse($"The connection '{name}' is in use by {ConnectionUser.Names(users)}. Remove it there first.", users);

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [LoggerMessage(LogLevel.Information, "Connection {ConnectionId} ({Provider}) was made: {Status}.")]
    private static partial void LogCreated(ILogger log, int connectionId, string provider, string status);

    [LoggerMessage(LogLevel.Information, "Connection {ConnectionId} ({Provider}) was disconnected.")]
    private static partial void LogDisconnected(ILogger log, int connectionId, string provider);

    [LoggerMessage(LogLevel.Information, "Connection {ConnectionId} was deleted.")]
    private static partial void LogDeleted(ILogger log, int connectionId);
}
