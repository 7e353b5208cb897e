using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Workato.Connections.AuthMethods;
using Workato.Connections.Calling;
using Workato.Connections.Calling.Egress;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Health;
using Workato.Connections.Secrets;

namespace Workato.Connections;

/// <summary>
/// The life of a connection: made, changed, tested, disconnected, deleted. The one place all ways in go through:
/// wizard, API, and later the side panel.
/// </summary>
public sealed partial class ConnectionService(
    ConnectionsDbContext db, ConnectorCatalog catalog, CredentialProtector protector, ConnectionTester tester, ConnectionGuards guards,
    EgressRules egress, ChangeFeed feed, TimeProvider time, ILogger<ConnectionService> log)
{
    private static readonly Refusal PlaceIsGone =
        new(RefusalKind.Conflict, "The folder or the parent named for this connection was deleted in the meantime. Choose another one and try again.");

    /// <summary>Makes a connection. Nothing is stored where the answer is a refusal.</summary>
    public async Task<Result<Connection>> CreateAsync(NewConnection wanted, CancellationToken cancel)
    {
        if (catalog.Find(wanted.Provider ?? "") is not { } connector) return guards.UnknownProvider(wanted.Provider);
        var folder = wanted.FolderId ?? await guards.HomeFolderAsync(cancel);
        var problems = ConnectionGuards.Texts(wanted.Name, wanted.Description, wanted.ExternalId, nameRequired: true);
        await guards.CheckPlaceAsync(problems, connector.Provider, ownId: null, wanted.FolderId, wanted.ParentId, cancel);

        var input = new ConnectionInput(connector, egress);
        var isEmptyShell = wanted.Proving == Proving.Skipped && wanted.Input is null or { Count: 0 };
        var check = isEmptyShell ? new CheckedInput(connector.Ways[0], FieldValues.Empty) : input.Check(wanted.Input ?? new Dictionary<string, string?>(), null);
        if (check.Refusal is { } refusal) problems.Add(refusal);
        if (problems.Any) return problems.ToRefusal();

        var (way, values) = check.Value!;
        var proof = wanted.Proving == Proving.Skipped ? null : await tester.ProveAsync(connector, way, values, cancel);
        if (proof is { AddressRefused: true }) return Refusal.Invalid("input." + input.AddressField, proof.Error!);
        if (proof is { Succeeded: false } && wanted.Proving == Proving.Required) return new Refusal(RefusalKind.Unproved, proof.Error!);

        var now = time.GetUtcNow();
        var connection = new Connection
        {
            Name = wanted.Name!.Trim(),
            Description = NullIfBlank(wanted.Description),
            Provider = connector.Provider,
            FolderId = folder,
            ParentId = wanted.ParentId,
            ExternalId = NullIfBlank(wanted.ExternalId),
            SignInBy = way.Name,
            Settings = new(values.Settings),
            AccountKind = wanted.AccountKind,
            Environment = wanted.Environment,
            CreatedAt = now,
            UpdatedAt = now,
        };
        Record(connection, proof, way, values);
        if (await StoreAsync(connection, isEmptyShell ? null : values.Secrets, cancel) is { } conflict) return conflict;
        LogCreated(log, connection.Id, connection.Provider, Word(connection.Status));
        return connection;
    }

    /// <summary>
    /// Changes a connection; reconnecting is a change of its <see cref="ConnectionChange.Input"/>. Same id, same recipes.
    /// Where new credentials fail, everything stays as it was.
    /// </summary>
    public async Task<Result<Connection>> UpdateAsync(int id, ConnectionChange change, CancellationToken cancel)
    {
        if (await db.Connections.SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } connection) return Refusal.NotFound("Connection");
        var problems = ConnectionGuards.Texts(change.Name, change.Description, change.ExternalId, nameRequired: change.Name is not null);
        await guards.CheckPlaceAsync(problems, connection.Provider, id, change.FolderId, change.ParentId, cancel);
        if (change.Input is { } given && await ReplaceCredentialsAsync(connection, given, change.Proving, problems, cancel) is { } refusal) return refusal;
        if (problems.Any) return problems.ToRefusal();

        connection.Name = change.Name?.Trim() ?? connection.Name;
        connection.Description = change.Description is null ? connection.Description : NullIfBlank(change.Description);
        connection.FolderId = change.FolderId ?? connection.FolderId;
        connection.ParentId = change.ParentId ?? connection.ParentId;
        connection.ExternalId = change.ExternalId is null ? connection.ExternalId : NullIfBlank(change.ExternalId);
        connection.AccountKind = change.AccountKind ?? connection.AccountKind;
        connection.Environment = change.Environment ?? connection.Environment;
        connection.UpdatedAt = time.GetUtcNow();
        return await SaveAsync(connection, cancel) is { } conflict ? conflict : connection;
    }

    /// <summary>Asks the app whether the stored credentials still work, and remembers what it said.</summary>
    public async Task<Result<Proof>> TestAsync(int id, CancellationToken cancel)
    {
        if (await db.Connections.SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } connection) return Refusal.NotFound("Connection");
        var stored = Stored(connection);
        if (stored.Refusal is { } refusal) return refusal;

        var proof = await tester.ProveAsync(catalog.Find(connection.Provider)!, stored.Value!.Way, stored.Value.Values, cancel);
        Record(connection, proof, stored.Value.Way, stored.Value.Values);
        // Where the credentials were replaced while the app was asked, its answer says nothing about the new ones.
        return await SaveAsync(connection, cancel) is { Kind: RefusalKind.Conflict } conflict ? conflict : proof;
    }

    /// <summary>
    /// Takes the credentials away; the connection stays. Refused while something uses it, unless <paramref name="force"/>.
    /// False where there was nothing to take away, which is no error.
    /// </summary>
    public async Task<Result<bool>> DisconnectAsync(int id, bool force, CancellationToken cancel)
    {
        if (await db.Connections.SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } connection) return Refusal.NotFound("Connection");
        if (connection is { HasCredentials: false, Status: null }) return false;
        if (!force && await guards.UsersAsync([id], cancel) is { Count: > 0 } users)
            return Refusal.InUse($"The connection '{connection.Name}' is in use by {ConnectionGuards.Names(users)}. Stop what uses it, or disconnect with force.", users);

        connection.SealedSecrets = null;
        connection.CredentialVersion++;
        (connection.Status, connection.Error, connection.Identity) = (null, null, null);
        (connection.AuthorizedAt, connection.TestedAt, connection.LostAt, connection.LostReason) = (null, null, null, null);
        connection.UpdatedAt = time.GetUtcNow();
        if (await SaveAsync(connection, cancel) is { } conflict) return conflict;
        LogDisconnected(log, id, connection.Provider);
        return true;
    }

    /// <summary>Deletes the connection and its credentials. Refused while something uses it.</summary>
    public async Task<Result<bool>> DeleteAsync(int id, CancellationToken cancel)
    {
        if (await db.Connections.Where(c => c.Id == id).Select(c => c.Name).SingleOrDefaultAsync(cancel) is not { } name) return Refusal.NotFound("Connection");
        if (await guards.UsersOrChildrenAsync(id, cancel) is { Count: > 0 } users)
            return Refusal.InUse($"The connection '{name}' is in use by {ConnectionGuards.Names(users)}. Remove it there first.", users);

        try
        {
            if (await db.Connections.Where(c => c.Id == id).ExecuteDeleteAsync(cancel) == 0) return Refusal.NotFound("Connection");
        }
        catch (Exception e) when (db.IsForeignKeyViolation(e))
        {
            return new Refusal(RefusalKind.Conflict, $"The connection '{name}' got a runtime user connection just now. Remove that first.");
        }

        feed.Announce(ConnectionSnapshots.Table, id);
        LogDeleted(log, id);
        return true;
    }

    private async Task<Refusal?> ReplaceCredentialsAsync(
        Connection connection, IReadOnlyDictionary<string, string?> given, Proving proving, ProblemList problems, CancellationToken cancel)
    {
        if (catalog.Find(connection.Provider) is not { } connector) return guards.UnknownProvider(connection.Provider);
        var input = new ConnectionInput(connector, egress);
        var check = input.Check(given, Current(connection, connector));
        if (check.Refusal is { } refusal) problems.Add(refusal);
        if (problems.Any) return problems.ToRefusal();

        var (way, values) = check.Value!;
        if (proving == Proving.Skipped && connection.HasCredentials)
            return Refusal.Invalid("shell_connection", "must be false here: credentials that are in use are only replaced by ones that were proved; disconnect the connection first to store some untested");

        var proof = proving == Proving.Skipped ? null : await tester.ProveAsync(connector, way, values, cancel);
        if (proof is { AddressRefused: true }) return Refusal.Invalid("input." + input.AddressField, proof.Error!);
        if (proof is { Succeeded: false } && (proving == Proving.Required || connection.HasCredentials))
            return new Refusal(RefusalKind.Unproved, connection.HasCredentials ? $"{proof.Error} Nothing was changed: the connection keeps the credentials it had." : proof.Error!);

        connection.SignInBy = way.Name;
        connection.Settings = new(values.Settings);
        connection.SealedSecrets = protector.Seal(connection.Id, values.Secrets);
        connection.CredentialVersion++;
        (connection.Status, connection.AuthorizedAt, connection.Identity) = (null, null, null);
        Record(connection, proof, way, values);
        LogReplaced(log, connection.Id, connection.Provider, Word(connection.Status));
        return null;
    }

    // The current values, as far as they can still be read: an unreadable row is repaired by giving everything again.
    private CheckedInput? Current(Connection connection, Connector connector) => connector.FindWay(connection.SignInBy) is not { } way
        ? null
        : new(way, new(connection.Settings, (connection.SealedSecrets is { } s ? protector.Open(connection.Id, s) : null) ?? new Dictionary<string, Secret>()));

    private Result<CheckedInput> Stored(Connection connection)
    {
        if (catalog.Find(connection.Provider) is not { } connector || connector.FindWay(connection.SignInBy) is not { } way)
            return new Refusal(RefusalKind.NotConnected, $"The connector '{connection.Provider}' is not installed any more.");
        if (connection.SealedSecrets is not { } sealedSecrets)
            return new Refusal(RefusalKind.NotConnected, $"The connection '{connection.Name}' holds no credentials. Connect it first.");
        return protector.Open(connection.Id, sealedSecrets) is { } secrets
            ? new CheckedInput(way, new(connection.Settings, secrets))
            : new Refusal(RefusalKind.NotConnected, "The stored credentials cannot be read: they were altered or sealed under a key that is gone. Enter them again.");
    }

    private void Record(Connection connection, Proof? proof, SignInWay way, FieldValues values)
    {
        if (proof is null) return;
        var now = time.GetUtcNow();
        connection.TestedAt = now;
        if (proof.Succeeded)
        {
            // Where the app does not say who we are, Basic at least says as whom we came.
            connection.Identity = proof.Identity ?? way.Placement.UserName?.Fields.Select(values.Settings.GetValueOrDefault).FirstOrDefault(v => v is not null);
            connection.AuthorizedAt ??= now;
            (connection.LostAt, connection.LostReason) = (null, null);
        }
        else if (proof.Status == AuthorizationStatus.Failed && connection.Status == AuthorizationStatus.Success)
        {
            (connection.LostAt, connection.LostReason) = (now, proof.Error);
        }

        (connection.Status, connection.Error) = (proof.Status, proof.Error);
    }

    private async Task<Refusal?> StoreAsync(Connection connection, IReadOnlyDictionary<string, Secret>? secrets, CancellationToken cancel)
    {
        // Sealed for its row, so the row must be there first: both in one transaction, nobody sees half a connection.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(connection);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException e) when (db.IsForeignKeyViolation(e))
        {
            return PlaceIsGone;
        }

        if (secrets is not null)
        {
            connection.SealedSecrets = protector.Seal(connection.Id, secrets);
            connection.CredentialVersion = 1;
            await db.SaveChangesAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        return null;
    }

    private async Task<Refusal?> SaveAsync(Connection connection, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            feed.Announce(ConnectionSnapshots.Table, connection.Id);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return await db.Connections.AnyAsync(c => c.Id == connection.Id, cancel)
                ? new(RefusalKind.Conflict, "Somebody else changed the credentials of this connection in the meantime. Look at it and try again.")
                : Refusal.NotFound("Connection");
        }
        catch (DbUpdateException e) when (db.IsForeignKeyViolation(e))
        {
            db.ChangeTracker.Clear();
            return PlaceIsGone;
        }
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Word(AuthorizationStatus? status) => status?.ToString() ?? "not tested";

    [LoggerMessage(LogLevel.Information, "Connection {ConnectionId} ({Provider}) was made: {Status}.")]
    private static partial void LogCreated(ILogger log, int connectionId, string provider, string status);

    [LoggerMessage(LogLevel.Information, "The credentials of connection {ConnectionId} ({Provider}) are being replaced: {Status}.")]
    private static partial void LogReplaced(ILogger log, int connectionId, string provider, string status);

    [LoggerMessage(LogLevel.Information, "Connection {ConnectionId} ({Provider}) was disconnected.")]
    private static partial void LogDisconnected(ILogger log, int connectionId, string provider);

    [LoggerMessage(LogLevel.Information, "Connection {ConnectionId} was deleted.")]
    private static partial void LogDeleted(ILogger log, int connectionId);
}
