using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Privileges;

/// <summary>Lists, makes, changes and removes API clients. A change counts at once, on every node.</summary>
public sealed class ApiClients(ConnectionsDbContext db, Grants grants, AuditTrail audit, ChangeFeed feed, TimeProvider time)
{
    /// <summary>The table whose changes make remembered tokens old.</summary>
    public const string Table = "api_clients";

    /// <summary>All clients by name.</summary>
    public Task<List<ApiClient>> ListAsync(CancellationToken cancel) => Rows.OrderBy(c => c.Name).ToListAsync(cancel);

    /// <summary>A page of them, oldest first.</summary>
    public Task<List<ApiClient>> PageAsync(int size, int skip, CancellationToken cancel) => Rows.OrderBy(c => c.Id).Skip(skip).Take(size).ToListAsync(cancel);

    /// <summary>How many there are.</summary>
    public Task<int> CountAsync(CancellationToken cancel) => db.Set<ApiClient>().CountAsync(cancel);

    /// <summary>The one with this id, or null.</summary>
    public Task<ApiClient?> FindAsync(int id, CancellationToken cancel) => Rows.SingleOrDefaultAsync(c => c.Id == id, cancel);

    /// <summary>Makes a client; its token is in the answer and nowhere else, ever.</summary>
    public async Task<Result<(ApiClient Client, Secret Token)>> CreateAsync(ApiClientDraft draft, CancellationToken cancel)
    {
        var problems = Problems(draft with { Name = draft.Name ?? "" });
        var decided = await grants.DecideAsync(new(AuditedTypes.ApiClient, null, draft.Name?.Trim()), draft.Grant, held: null, cancel);
        if (decided.Refusal is { Kind: RefusalKind.Invalid } invalid) problems.Add(invalid);
        else if (decided.Refusal is { } refusal) return refusal;
        if (problems.Any) return problems.ToRefusal();

        var (token, now) = (Token.Create(), time.GetUtcNow());
        var client = new ApiClient { Name = "", TokenHash = [], TokenEnding = "", TokenMadeAt = now, CreatedAt = now, UpdatedAt = now };
        Put(client, draft, decided.Value!);
        Put(client, token);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(client);
        if (await SaveAsync(cancel) is { } notSaved) return notSaved;
        audit.Add(AuditEvents.ApiClientCreated, On(client), Changes(null, Facts.Of(client)));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        feed.Announce(Table, client.Id);
        return (client, token);
    }

    /// <summary>Changes one. Its token stays.</summary>
    public async Task<Result<ApiClient>> UpdateAsync(int id, ApiClientDraft draft, CancellationToken cancel)
    {
        if (await TrackedAsync(id, cancel) is not { } client) return Refusal.NotFound("API client");
        var problems = Problems(draft);
        var decided = await grants.DecideAsync(On(client), draft.Grant, new(client.Role, client.AllProjects, client.ProjectIds), cancel);
        if (decided.Refusal is { Kind: RefusalKind.Invalid } invalid) problems.Add(invalid);
        else if (decided.Refusal is { } refusal) return refusal;
        if (problems.Any) return problems.ToRefusal();

        var before = Facts.Of(client);
        Put(client, draft, decided.Value!);
        client.UpdatedAt = time.GetUtcNow();
        audit.Add(AuditEvents.ApiClientUpdated, On(client), Changes(before, Facts.Of(client)));
        if (await SaveAsync(cancel) is { } notSaved) return notSaved;
        feed.Announce(Table, id);
        return client;
    }

    /// <summary>Gives one a new token; the old one stops working at once.</summary>
    public async Task<Result<(ApiClient Client, Secret Token)>> RegenerateAsync(int id, CancellationToken cancel)
    {
        if (await TrackedAsync(id, cancel) is not { } client) return Refusal.NotFound("API client");
        // Whoever reads the token can do what it opens.
        if (grants.CheckHeld(On(client), client.Access) is { } refusal) return refusal;

        var token = Token.Create();
        Put(client, token);
        client.UpdatedAt = client.TokenMadeAt = time.GetUtcNow();
        audit.Add(AuditEvents.ApiClientTokenMade, On(client));
        if (await SaveAsync(cancel) is { } notSaved) return notSaved;
        feed.Announce(Table, id);
        return (client, token);
    }

    /// <summary>Removes one; its token stops working at once.</summary>
    public async Task<Result<bool>> DeleteAsync(int id, CancellationToken cancel)
    {
        if (await TrackedAsync(id, cancel) is not { } client) return Refusal.NotFound("API client");
        if (grants.CheckHeld(On(client), client.Access) is { } refusal) return refusal;
        db.Remove(client);
        audit.Add(AuditEvents.ApiClientDeleted, On(client), Changes(Facts.Of(client), null));
        if (await SaveAsync(cancel) is { } notSaved) return notSaved;
        feed.Announce(Table, id);
        return true;
    }

    private IQueryable<ApiClient> Rows => db.Set<ApiClient>().AsNoTracking().Include(c => c.Role);

    private Task<ApiClient?> TrackedAsync(int id, CancellationToken cancel) => db.Set<ApiClient>().Include(c => c.Role).SingleOrDefaultAsync(c => c.Id == id, cancel);

    private static Audited On(ApiClient client) => new(AuditedTypes.ApiClient, client.Id, client.Name);

    private static void Put(ApiClient client, ApiClientDraft draft, Granted given)
    {
        (client.Role, client.AllProjects, client.ProjectIds) = (given.Role, given.AllProjects, given.ProjectIds);
        client.Name = draft.Name?.Trim() ?? client.Name;
        client.AllowedNetworks = draft.AllowedNetworks?.Select(n => Networks.Normalize(n)!).Distinct().ToList() ?? client.AllowedNetworks;
        client.ExpiresAt = draft.Ending is { } ending ? ending.At?.ToUniversalTime() : client.ExpiresAt;
    }

    private static void Put(ApiClient client, Secret token) => (client.TokenHash, client.TokenEnding) = (Token.Hash(token.Reveal()), token.Reveal()[^4..]);

    private ProblemList Problems(ApiClientDraft draft)
    {
        var problems = new ProblemList();
        if (draft.Name is not null) problems.CheckName(draft.Name, ApiClient.MaxNameLength);
        foreach (var network in draft.AllowedNetworks?.Where(n => Networks.Normalize(n) is null) ?? [])
            problems.Add("ip_allow_list", $"'{(network.Length > 50 ? network[..50] + "…" : network)}' is neither an address such as 192.0.2.10 nor a network such as 10.0.0.0/8");
        if (draft.AllowedNetworks?.Count > Networks.Max) problems.Add("ip_allow_list", $"is too long (maximum is {Networks.Max} networks)");
        if (draft.Ending?.At <= time.GetUtcNow()) problems.Add("expires_at", "must be in the future");
        return problems;
    }

    private static AuditChanges Changes(Facts? before, Facts? after) => new AuditChanges().With("name", before?.Name, after?.Name).With("role", before?.Role, after?.Role)
        .With("projects", before?.Projects, after?.Projects).With("ip_allow_list", before?.Networks, after?.Networks).With("expires_at", before?.ExpiresAt, after?.ExpiresAt);

    private async Task<Refusal?> SaveAsync(CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateException e) when (db.IsUniqueViolation(e) || db.IsForeignKeyViolation(e) || e is DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return e is DbUpdateConcurrencyException ? Refusal.NotFound("API client")
                : db.IsUniqueViolation(e) ? Refusal.Invalid("name", "has already been taken") : Refusal.Invalid("role_id", "was deleted just now");
        }
    }

    /// <summary>What the audit log tells of a client. Never its token.</summary>
    private sealed record Facts(string Name, string Role, string Projects, string? Networks, string? ExpiresAt)
    {
        public static Facts Of(ApiClient c) => new(c.Name, c.Role.Name, new Granted(c.Role, c.AllProjects, c.ProjectIds).Projects,
            c.AllowedNetworks.Count == 0 ? null : string.Join(", ", c.AllowedNetworks), c.ExpiresAt?.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
    }
}
