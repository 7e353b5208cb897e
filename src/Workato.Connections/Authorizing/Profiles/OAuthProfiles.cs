using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Workato.Connections.Auditing;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Authorizing.Profiles;

/// <summary>Makes, changes and removes custom OAuth profiles: the clients that apps know this product by.</summary>
public sealed partial class OAuthProfiles(ConnectionsDbContext db, ConnectorCatalog catalog, StoredCredentials stored, AuditTrail trail, TimeProvider time, ILogger<OAuthProfiles> log)
{
    private const int MaxUsersNamed = 20;
    private const int MaxAttempts = 5;

    /// <summary>A page of them, oldest first; <paramref name="provider"/> narrows it to one app.</summary>
    public async Task<Page<OAuthProfileSummary>> PageAsync(string? provider, int size, CancellationToken cancel, int skip = 0)
    {
        var app = provider is null ? null : catalog.Find(provider)?.ProfileProvider ?? provider;
        var rows = db.CustomOAuthProfiles.Where(p => app == null || p.Provider == app);
        var page = await Summaries(rows.OrderBy(p => p.Id).Skip(skip).Take(size + 1)).ToListAsync(cancel);
        return new([.. page.Take(size)], page.Count > size);
    }

    /// <summary>The one with this id, or null.</summary>
    public Task<OAuthProfileSummary?> FindAsync(int id, CancellationToken cancel) => Summaries(db.CustomOAuthProfiles.Where(p => p.Id == id)).SingleOrDefaultAsync(cancel);

    /// <summary>Which connections use it, the first of them.</summary>
    public async Task<IReadOnlyList<ConnectionUser>> UsersAsync(int id, CancellationToken cancel) =>
        await db.Connections.Where(c => c.CustomOAuthProfileId == id).OrderBy(c => c.Id).Take(MaxUsersNamed).Select(c => new ConnectionUser("connection", c.Id, c.Name)).ToListAsync(cancel);

    /// <summary>Makes one.</summary>
    public async Task<Result<CustomOAuthProfile>> CreateAsync(NewOAuthProfile wanted, CancellationToken cancel)
    {
        var problems = new ProblemList();
        var app = catalog.AppFor(wanted.Provider);
        if (app.Refusal is { } noApp) problems.Add(noApp);
        problems.Check(wanted.Name, wanted.ClientId, wanted.ClientSecret, required: true);
        problems.CheckSigning(wanted.SigningSecret);
        if (problems.Any) return problems.ToRefusal();

        var now = time.GetUtcNow();
        var profile = new CustomOAuthProfile { Name = wanted.Name!.Trim(), Provider = app.Value!.ProfileProvider, ClientId = wanted.ClientId!.Trim(), CreatedAt = now, UpdatedAt = now };
        // Sealed for its row, so the row must be there first: both in one transaction, nobody sees a client without its secret.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(profile);
        await db.SaveChangesAsync(cancel);
        profile.SealedSecret = stored.SealProfile(profile.Id, Trimmed(wanted.ClientSecret), Trimmed(wanted.SigningSecret));
        trail.Add(AuditEvents.OAuthProfileCreated, About(profile), Changes(null, profile).With("provider", null, profile.Provider).WithSecrets(Given(wanted.ClientSecret, wanted.SigningSecret)));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        LogMade(log, profile.Id, profile.Provider);
        return profile;
    }

    /// <summary>Changes one. What is left out stays, the secret too.</summary>
    public async Task<Result<CustomOAuthProfile>> UpdateAsync(int id, OAuthProfileChange change, CancellationToken cancel)
    {
        if (await db.CustomOAuthProfiles.SingleOrDefaultAsync(p => p.Id == id, cancel) is not { } profile) return Refusal.NotFound("Custom OAuth profile");
        var problems = new ProblemList();
        if (change.Provider is { } provider && (catalog.Find(provider)?.ProfileProvider ?? provider) != profile.Provider)
            problems.Add("provider", $"cannot be changed: this profile belongs to {profile.Provider}; create another one");
        problems.Check(change.Name, change.ClientId, change.ClientSecret, required: false);
        problems.CheckSigning(change.SigningSecret);
        if (problems.Any) return problems.ToRefusal();

        var before = new CustomOAuthProfile { Name = profile.Name, Provider = profile.Provider, ClientId = profile.ClientId, CreatedAt = default, UpdatedAt = default };
        var isOtherClient = change.ClientSecret is not null || (change.ClientId is { } clientId && clientId.Trim() != profile.ClientId);
        profile.Name = change.Name?.Trim() ?? profile.Name;
        profile.ClientId = change.ClientId?.Trim() ?? profile.ClientId;
        if ((change.ClientSecret ?? change.SigningSecret) is not null)
            profile.SealedSecret = stored.SealProfile(id, Trimmed(change.ClientSecret) ?? stored.Client(profile)!.Secret, Trimmed(change.SigningSecret) ?? stored.SigningSecret(profile));
        profile.UpdatedAt = time.GetUtcNow();
        var changes = Changes(before, profile).WithSecrets(Given(change.ClientSecret, change.SigningSecret));
        if (changes.Count > 0) trail.Add((change.ClientSecret ?? change.SigningSecret) is null ? AuditEvents.OAuthProfileUpdated : AuditEvents.OAuthProfileSecretReplaced, About(profile), changes);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await db.SaveChangesAsync(cancel);
            if (isOtherClient) await TryAgainNowAsync(id, profile.UpdatedAt, cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return Refusal.NotFound("Custom OAuth profile");
        }

        LogChanged(log, id, profile.Provider);
        return profile;
    }

    /// <summary>Removes one that no connection uses.</summary>
    public async Task<Result<bool>> DeleteAsync(int id, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await FindAsync(id, cancel) is not { } profile) return Refusal.NotFound("Custom OAuth profile");
            if (profile.Connections > 0) return InUse(profile, await UsersAsync(id, cancel));
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancel);
                if (await db.CustomOAuthProfiles.Where(p => p.Id == id).ExecuteDeleteAsync(cancel) == 0) return Refusal.NotFound("Custom OAuth profile");
                trail.Add(AuditEvents.OAuthProfileDeleted, new(AuditedTypes.OAuthProfile, id, profile.Name), new AuditChanges().With("name", profile.Name, null).With("client_id", profile.ClientId, null).With("provider", profile.Provider, null));
                await db.SaveChangesAsync(cancel);
                await transaction.CommitAsync(cancel);
                LogRemoved(log, id, profile.Provider);
                return true;
            }
            catch (Exception e) when (db.IsForeignKeyViolation(e) && attempt < MaxAttempts)
            {
                // A connection began to use it after we looked: look again.
            }
        }
    }

    private static Refusal InUse(OAuthProfileSummary profile, IReadOnlyList<ConnectionUser> users) => Refusal.InUse(
        $"The OAuth app '{profile.Name}' is in use by {ConnectionUser.Names(users)}"
        + $"{(profile.Connections > users.Count ? $" and {profile.Connections - users.Count} more" : "")}. Connect them by another OAuth app first, or delete them.", users);

    private static Audited About(CustomOAuthProfile profile) => new(AuditedTypes.OAuthProfile, profile.Id, profile.Name);

    private static AuditChanges Changes(CustomOAuthProfile? before, CustomOAuthProfile after) =>
        new AuditChanges().With("name", before?.Name, after.Name).With("client_id", before?.ClientId, after.ClientId);

    private static string[] Given(Secret? client, Secret? signing) => [.. client is null ? Array.Empty<string>() : ["client_secret"], .. signing is null ? Array.Empty<string>() : ["token"]];

    // Pasted with a space or a line break at an end it would be another secret, and the app would only say "invalid_client".
    private static Secret? Trimmed(Secret? secret) => secret is null ? null : new(secret.Reveal().Trim());

    // What waits because the app did not know the client, waits no longer. What is lost for good is not touched.
    private Task<int> TryAgainNowAsync(int id, DateTimeOffset now, CancellationToken cancel) =>
        db.Connections.Where(c => c.CustomOAuthProfileId == id && c.RefreshFailures > 0 && c.RefreshDueAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RefreshDueAt, now), cancel);

    private IQueryable<OAuthProfileSummary> Summaries(IQueryable<CustomOAuthProfile> rows)
    {
        var connections = db.Connections;
        return rows.AsNoTracking().Select(p => new OAuthProfileSummary
        {
            Id = p.Id,
            Name = p.Name,
            Provider = p.Provider,
            ClientId = p.ClientId,
            HasSecret = p.SealedSecret != null,
            Connections = connections.Count(c => c.CustomOAuthProfileId == p.Id),
            CreatedAt = p.CreatedAt,
            UpdatedAt = p.UpdatedAt,
        });
    }

    [LoggerMessage(LogLevel.Information, "Custom OAuth profile {ProfileId} ({Provider}) was made.")]
    private static partial void LogMade(ILogger log, int profileId, string provider);

    [LoggerMessage(LogLevel.Information, "Custom OAuth profile {ProfileId} ({Provider}) was changed.")]
    private static partial void LogChanged(ILogger log, int profileId, string provider);

    [LoggerMessage(LogLevel.Information, "Custom OAuth profile {ProfileId} ({Provider}) was removed.")]
    private static partial void LogRemoved(ILogger log, int profileId, string provider);
}
