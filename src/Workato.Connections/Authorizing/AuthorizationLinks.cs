using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;

namespace Workato.Connections.Authorizing;

/// <summary>Makes and redeems the links by which somebody without an account here connects one connection.</summary>
public sealed class AuthorizationLinks(ConnectionsDbContext db, TimeProvider time)
{
    /// <summary>A new link's token. Links made before for the same connection keep working.</summary>
    public async Task<string> CreateAsync(int connectionId, CancellationToken cancel)
    {
        var (token, now) = (AuthorizationAttempts.NewSecret(), time.GetUtcNow());
        await db.Set<AuthorizationLink>().Where(l => l.ExpiresAt < now).ExecuteDeleteAsync(cancel);
        db.Add(new AuthorizationLink { TokenHash = Token.Hash(token), ConnectionId = connectionId, ExpiresAt = now + AuthorizationLink.Lifetime });
        await db.SaveChangesAsync(cancel);
        return token;
    }

    /// <summary>The connection the link is for, or null where it does not work any more.</summary>
    public async Task<int?> FindAsync(string token, CancellationToken cancel)
    {
        var (hash, now) = (Token.Hash(token), time.GetUtcNow());
        return await db.Set<AuthorizationLink>().Where(l => l.TokenHash == hash && l.ExpiresAt > now).Select(l => (int?)l.ConnectionId).SingleOrDefaultAsync(cancel);
    }

    /// <summary>Uses a link up. True for one caller at most.</summary>
    public async Task<bool> UseAsync(string token, CancellationToken cancel)
    {
        var hash = Token.Hash(token);
        return await db.Set<AuthorizationLink>().Where(l => l.TokenHash == hash).ExecuteDeleteAsync(cancel) == 1;
    }
}
