using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Privileges;

/// <summary>Makes, lists and removes API clients.</summary>
public sealed class ApiClients(ConnectionsDbContext db, ChangeFeed feed, TimeProvider time)
{
    /// <summary>The table whose changes make remembered tokens old.</summary>
    public const string Table = "api_clients";

    /// <summary>The shortest token an operator may choose, in characters.</summary>
    public const int MinChosenTokenLength = 32;

    /// <summary>All clients by name.</summary>
    public Task<List<ApiClient>> ListAsync(CancellationToken cancel) =>
        db.Set<ApiClient>().AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancel);

    /// <summary>Makes a client; its token is in the answer and nowhere else, ever.</summary>
    public async Task<Result<(ApiClient Client, Secret Token)>> CreateAsync(string? name, CancellationToken cancel)
    {
        var token = Token.Create();
        var made = await AddAsync(name, token, cancel);
        return made.Refusal is { } refusal ? refusal : (made.Value!, token);
    }

    /// <summary>Makes the client "bootstrap" with a token the operator chose, unless there is one; a changed token replaces the old one.</summary>
    /// <exception cref="StartRefusedException">The token is too short to be safe, or another client's.</exception>
    public async Task BootstrapAsync(Secret token, CancellationToken cancel)
    {
        const string Name = "bootstrap";
        if (token.Reveal().Length < MinChosenTokenLength)
            throw new StartRefusedException($"Bootstrap__ApiToken must have {MinChosenTokenLength} or more characters. Make one with: openssl rand -hex 32");

        var hash = Token.Hash(token.Reveal());
        if (await db.Set<ApiClient>().AnyAsync(c => c.TokenHash == hash && c.Name != Name, cancel))
            throw new StartRefusedException("Bootstrap__ApiToken is the token of another API client already. Make a new one with: openssl rand -hex 32");

        var existing = await db.Set<ApiClient>().SingleOrDefaultAsync(c => c.Name == Name, cancel);
        if (existing is null)
        {
            await AddAsync(Name, token, cancel);
        }
        else if (!existing.TokenHash.AsSpan().SequenceEqual(hash))
        {
            (existing.TokenHash, existing.TokenEnding, existing.TokenMadeAt) = (hash, token.Reveal()[^4..], time.GetUtcNow());
            await db.SaveChangesAsync(cancel);
        }
    }

    /// <summary>Removes a client; its token stops working at once.</summary>
    public async Task<bool> DeleteAsync(int id, CancellationToken cancel)
    {
        var deleted = await db.Set<ApiClient>().Where(c => c.Id == id).ExecuteDeleteAsync(cancel) == 1;
        feed.Announce(Table, id);
        return deleted;
    }

    private async Task<Result<ApiClient>> AddAsync(string? name, Secret token, CancellationToken cancel)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name)) return Refusal.Invalid("name", "can't be blank");
        if (name.Length > ApiClient.MaxNameLength) return Refusal.Invalid("name", $"is too long (maximum is {ApiClient.MaxNameLength} characters)");
        if (name.Contains('\0', StringComparison.Ordinal)) return Refusal.Invalid("name", "must not contain the character U+0000");

        var value = token.Reveal();
        var now = time.GetUtcNow();
        var role = await db.Set<Role>().SingleAsync(r => r.IsSystem && r.Name == SystemRoles.Owner.Name, cancel);
        var client = new ApiClient { Name = name, TokenHash = Token.Hash(value), TokenEnding = value[^4..], TokenMadeAt = now, Role = role, CreatedAt = now, UpdatedAt = now };
        db.Add(client);
        try
        {
            await db.SaveChangesAsync(cancel);
            return client;
        }
        catch (DbUpdateException e) when (db.IsUniqueViolation(e))
        {
            db.Entry(client).State = EntityState.Detached;
            return Refusal.Invalid("name", "has already been taken");
        }
    }
}
